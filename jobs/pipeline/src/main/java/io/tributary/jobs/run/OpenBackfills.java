package io.tributary.jobs.run;

import io.tributary.jobs.store.StoredEntries;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The backfills of a lake that are not at their end: a log for each, of which the last entry counts. */
final class OpenBackfills {
    private final Configuration hadoop;
    private final FileSystem files;
    private final Path folder;

    /** @param lakeFiles where the lake keeps what is no table */
    OpenBackfills(Configuration hadoop, String lakeFiles) throws IOException {
        Path given = new Path(lakeFiles, "_tributary/backfills");
        this.hadoop = hadoop;
        this.files = given.getFileSystem(hadoop);
        this.folder = files.makeQualified(given);
    }

    /** Writes down how far it is; of two that do so at once, one is written last. */
    void put(OpenBackfill open) throws IOException {
        StoredEntries entries = entries(open.id());
        long number = entries.last().orElse(-1) + 1;
        while (!entries.write(number, open.text())) {
            number++;
        }
        entries.prune(number);
    }

    /** It is at its end; nothing happens if it was removed before. */
    void remove(String id) throws IOException {
        files.delete(new Path(folder, id), true);
    }

    /**
     * That one as it is written down now, for the run that would go on with it.
     *
     * @param living runs that are at work
     * @return empty if it is at its end, or one of these is at it
     */
    Optional<OpenBackfill> left(String id, Set<String> living) throws IOException {
        return all().stream()
                .filter(open -> open.id().equals(id) && open.runs().stream().noneMatch(living::contains))
                .findFirst();
    }

    /** All of them. */
    List<OpenBackfill> all() throws IOException {
        List<OpenBackfill> all = new ArrayList<>();
        try {
            for (FileStatus each : files.listStatus(folder)) {
                StoredEntries entries = entries(each.getPath().getName());
                OptionalLong last = entries.last();
                if (last.isPresent()) {
                    all.add(OpenBackfill.parse(entries.read(last.getAsLong())));
                }
            }
        } catch (FileNotFoundException none) {
            return List.copyOf(all);
        }
        return List.copyOf(all);
    }

    /**
     * The one that was asked for last.
     *
     * @param living runs that are at work: what one of them asks for is not left to anybody else
     */
    Optional<OpenBackfill> newest(Set<String> living) throws IOException {
        return all().stream()
                .filter(open -> open.runs().stream().noneMatch(living::contains))
                .max(Comparator.comparing(OpenBackfills::lastRun));
    }

    /** Ids of runs sort by time. */
    static String lastRun(OpenBackfill open) {
        return open.runs().isEmpty() ? open.id() : open.runs().get(open.runs().size() - 1);
    }

    private StoredEntries entries(String id) throws IOException {
        return new StoredEntries(hadoop, new Path(folder, id));
    }
}
