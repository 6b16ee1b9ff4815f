package io.tributary.jobs.store;

import io.delta.storage.S3SingleDriverLogStore;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How Delta commits to a store. */
public final class Commits {
    private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");
    private static final String OF_ALL = "spark.delta.logStore.class";

    private Commits() {}

    /** The setting that names how Delta commits to a store of that scheme. */
    static String setting(String scheme) {
        return String.format(Locale.ROOT, "spark.delta.logStore.%s.impl", scheme);
    }

    /**
     * What to know about tables in places where Delta is safe with one driver only: on S3 its own store looks whether a
     * commit is taken and writes it then, and two drivers that do so at once lose one of two commits.
     *
     * @param settings with those of Spark, see {@link StoredEntries#settings}
     * @param places of tables; those without a scheme are of the default file system
     * @return a sentence for a person; empty if drivers may share all of these places
     */
    public static Optional<String> warning(Configuration settings, Collection<String> places) {
        Set<String> unsafe = new TreeSet<>();
        for (String place : places) {
            String scheme = scheme(settings, place);
            if (S3.contains(scheme) && isOfOneDriver(settings, scheme)) {
                unsafe.add(scheme);
            }
        }
        if (unsafe.isEmpty()) {
            return Optional.empty();
        }
        String first = unsafe.iterator().next();
        return Optional.of("tables on " + String.join(", ", unsafe)
                + " are committed by Delta's store for one driver: if anything else writes to them during a run (another"
                + " job, OPTIMIZE, VACUUM), a commit may be lost without a word. Keep other writers away from a run, or set "
                + setting(first) + " to a store that drivers share, such as io.delta.storage.S3DynamoDBLogStore");
    }

    private static String scheme(Configuration settings, String place) {
        String scheme = new Path(place).toUri().getScheme();
        String own = scheme == null
                ? new Path(settings.get("fs.defaultFS", "file:///")).toUri().getScheme()
                : scheme;
        return String.valueOf(own).toLowerCase(Locale.ROOT);
    }

    private static boolean isOfOneDriver(Configuration settings, String scheme) {
        String named = settings.get(setting(scheme), settings.get(OF_ALL, ""));
        return named.isEmpty() || named.endsWith("." + S3SingleDriverLogStore.class.getSimpleName());
    }
}
