package io.tributary.jobs.privacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Looks for words in every file below a folder, whatever it is part of: in its bytes, where logs and the footers of Parquet have
 * them in clear, and in what Parquet and the journal hold compressed.
 */
public final class LakeSearch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public LakeSearch(Path folder) {
        this.folder = folder;
    }

    /** For each word the files that have it, in any case. */
    public Map<String, Set<String>> find(List<String> words) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        words.forEach(word -> found.put(word, new TreeSet<>()));
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            String text = (name + "\n" + text(file)).toLowerCase(Locale.ROOT);
            found.forEach((word, places) -> {
                if (text.contains(word.toLowerCase(Locale.ROOT))) {
                    places.add(name);
                }
            });
        }
        return found;
    }

    private String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet")) {
            rows(file, text);
        }
        if (name.endsWith(".tj")) {
            Segment segment = SegmentCodec.read("r/0/1-000000.tj", new ByteArrayInputStream(bytes));
            text.append(JSON.writeValueAsString(segment.intents())).append(JSON.writeValueAsString(segment.entries()));
        }
        return text.toString();
    }

    private static void rows(Path file, StringBuilder text) throws IOException {
        try (ParquetReader<Group> rows = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .build()) {
            for (Group row = rows.read(); row != null; row = rows.read()) {
                text.append(row).append('\n');
            }
        }
    }
}
