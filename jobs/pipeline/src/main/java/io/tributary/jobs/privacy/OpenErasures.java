package io.tributary.jobs.privacy;

import io.tributary.jobs.store.NewFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Erasures that were begun and are not done: a file for each, which goes when it is done. For one process at a time. */
public final class OpenErasures {
    private final FileSystem files;
    private final Path folder;

    /** @param lakeFiles where the lake keeps what is no table */
    public OpenErasures(Configuration hadoop, String lakeFiles) throws IOException {
        Path given = new Path(lakeFiles, "_tributary/erase");
        this.files = given.getFileSystem(hadoop);
        this.folder = files.makeQualified(given);
    }

    /** All of them, oldest first. One that died while its file was written had not begun. */
    public List<ErasurePlan> all() throws IOException {
        List<ErasurePlan> open = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(folder)) {
                found.add(file.getPath());
            }
        } catch (FileNotFoundException none) {
            return List.of();
        }
        found.sort(null);
        for (Path file : found) {
            Optional<ErasurePlan> plan;
            try (InputStream in = files.open(file)) {
                plan = ErasurePlan.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (plan.isPresent()) {
                open.add(plan.get());
            } else {
                files.delete(file, false);
            }
        }
        return List.copyOf(open);
    }

    void begin(ErasurePlan plan) throws IOException {
        NewFile.write(files, file(plan), plan.text().getBytes(StandardCharsets.UTF_8));
    }

    void done(ErasurePlan plan) throws IOException {
        files.delete(file(plan), false);
    }

    private Path file(ErasurePlan plan) {
        return new Path(folder, plan.id() + ".json");
    }
}
