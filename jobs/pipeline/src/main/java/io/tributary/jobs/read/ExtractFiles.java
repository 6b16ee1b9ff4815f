package io.tributary.jobs.read;

import io.tributary.jobs.read.ExtractLook.State;
import io.tributary.settings.SourceSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Finds and opens the files of a source on any file system that Hadoop knows; gzip and the like by their suffix. */
final class ExtractFiles {
    private static final byte[] PARQUET_END = {'P', 'A', 'R', '1'};

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final Configuration hadoop;

    ExtractFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * The files to read, by path. All files of a folder belong together; of the matches of a glob a full source takes
     * the newest and an incremental one all.
     */
    List<ExtractFile> find(SourceSettings source, Interval interval) throws IOException {
        Path path = new Path(interval.inPath(source.path()));
        FileSystem files = path.getFileSystem(hadoop);
        FileStatus[] matches = files.globStatus(path);
        if (matches == null || matches.length == 0) {
            return inTransfer(files, path);
        }
        List<ExtractFile> found = new ArrayList<>();
        boolean folder = false;
        for (FileStatus match : matches) {
            folder |= match.isDirectory();
            list(files, match, found);
        }
        found.removeIf(file -> file.isHidden());
        found.sort(Comparator.comparing(ExtractFile::path));
        if (!GLOB.matcher(path.toString()).find()) {
            return List.copyOf(found);
        }
        List<ExtractFile> covered =
                found.stream().filter(f -> interval.covers(f.extractedAt())).toList();
        return !source.full() || folder
                ? covered
                : covered.stream()
                        .max(Comparator.comparing(ExtractFile::extractedAt).thenComparing(ExtractFile::path))
                        .map(List::of)
                        .orElse(List.of());
    }

    private static void list(FileSystem files, FileStatus status, List<ExtractFile> into) throws IOException {
        if (status.isFile()) {
            into.add(file(status));
            return;
        }
        for (FileStatus child : files.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            if (child.isFile() || name.equals("_temporary") || !name.startsWith("_") && !name.startsWith(".")) {
                list(files, child, into);
            }
        }
    }

    /** What a missing file may still be called while it is written. */
    private static List<ExtractFile> inTransfer(FileSystem files, Path path) throws IOException {
        try {
            List<ExtractFile> siblings = new ArrayList<>();
            for (FileStatus sibling : files.listStatus(path.getParent())) {
                ExtractFile file = file(sibling);
                String name = file.name().startsWith(".") ? file.name().substring(1) : file.name();
                if (sibling.isFile() && name.startsWith(path.getName()) && file.isInTransfer()) {
                    siblings.add(file);
                }
            }
            return siblings;
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private static ExtractFile file(FileStatus status) {
        return new ExtractFile(status.getPath().toString(), status.getLen(), status.getModificationTime());
    }

    /** A scanner over the records of a text file. */
    ExtractScanner open(SourceSettings source, String path) throws IOException {
        Path at = new Path(path);
        return scan(source, at, at.getFileSystem(hadoop).open(at));
    }

    private ExtractScanner scan(SourceSettings source, Path path, InputStream bytes) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        InputStream plain = codec == null ? bytes : codec.createInputStream(bytes);
        Reader text = StrictText.open(plain, Charset.forName(source.encoding()));
        return switch (source.format()) {
            case CSV ->
                new CsvExtract(
                        text,
                        source.delimiter().isEmpty()
                                ? Optional.empty()
                                : Optional.of(source.delimiter().charAt(0)));
            case JSON -> new JsonExtract(text, source.records(), MappedColumns.of(source.mapping()));
            case JSONL -> new JsonLinesExtract(text, MappedColumns.of(source.mapping()));
            case PARQUET, DELTA -> throw new IllegalArgumentException(source.format() + " is read by Spark itself");
        };
    }

    /** Goes once through the file; believes nothing. */
    ExtractLook look(SourceSettings source, ExtractFile file) throws IOException {
        if (file.isInTransfer()) {
            return new ExtractLook(info(source, file, "", 0), List.of(), Map.of(), State.TEMPORARY);
        }
        Path path = new Path(file.path());
        FileSystem files = path.getFileSystem(hadoop);
        long rows = 0;
        boolean torn;
        List<String> columns;
        DigestInputStream bytes = new DigestInputStream(files.open(path), ContentHash.sha256());
        try (bytes) {
            if (source.format() == SourceSettings.Format.PARQUET) {
                torn = !endsLikeParquet(bytes);
                columns = List.of();
            } else {
                ExtractScanner scanner = scan(source, path, bytes);
                for (Optional<Scanned> next = scanner.next(); next.isPresent(); next = scanner.next()) {
                    rows++;
                }
                torn = scanner.torn();
                columns = scanner.columns();
                bytes.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        String hash = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        FileStatus after = files.getFileStatus(path);
        boolean moving = after.getLen() != file.bytes() || after.getModificationTime() != file.modifiedMillis();
        State state = moving ? State.MOVING : torn ? State.TORN : State.COMPLETE;
        return new ExtractLook(info(source, file, hash, rows), columns, Map.of(), state);
    }

    private static boolean endsLikeParquet(InputStream bytes) throws IOException {
        byte[] tail = new byte[PARQUET_END.length];
        byte[] chunk = new byte[1 << 16];
        for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
            int kept = Math.min(read, tail.length);
            System.arraycopy(tail, kept, tail, 0, tail.length - kept);
            System.arraycopy(chunk, read - kept, tail, tail.length - kept, kept);
        }
        return java.util.Arrays.equals(tail, PARQUET_END);
    }

    private static ExtractInfo info(SourceSettings source, ExtractFile file, String sha256, long rows) {
        return new ExtractInfo(
                source.name(), file.path(), file.bytes(), file.modified(), sha256, rows, file.extractedAt());
    }
}
