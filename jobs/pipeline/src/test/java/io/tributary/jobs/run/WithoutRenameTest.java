package io.tributary.jobs.run;

import io.tributary.jobs.ask.RetriedTaskTest;
import io.tributary.jobs.harvest.HarvestStepTest;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.store.RenamelessFileSystem;
import io.tributary.jobs.store.StoredEntriesTest;
import io.tributary.journal.JournalStore;
import io.tributary.journal.JournalStoreContract;
import io.tributary.journal.JournalTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** No step depends on a rename: every recovery test, and nights, on a file system that has none. */
class WithoutRenameTest {
    private static String in(Path folder) {
        return "renameless://" + folder;
    }

    private static JournalStore journal(Path folder) throws IOException {
        Configuration hadoop = new Configuration();
        RenamelessFileSystem.settings().forEach(hadoop::set);
        return new HadoopJournalStore(hadoop, in(folder));
    }

    /** Delta commits to it as it does to S3. */
    private static SparkConf with(SparkConf conf) {
        RenamelessFileSystem.settings().forEach((key, value) -> conf.set("spark.hadoop." + key, value));
        return conf.set("spark.delta.logStore.renameless.impl", "io.delta.storage.S3SingleDriverLogStore");
    }

    @Nested
    class Store extends JournalStoreContract {
        @TempDir
        Path folder;

        @Override
        protected JournalStore store() throws IOException {
            return journal(folder);
        }
    }

    @Nested
    class Journal extends JournalTest {
        @TempDir
        Path folder;

        @Override
        protected JournalStore store() throws IOException {
            return journal(folder);
        }
    }

    @Nested
    @Tag("long")
    class Harvest extends HarvestStepTest {
        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected String place(String name) {
            return "renameless://" + super.place(name);
        }
    }

    @Nested
    class Calls extends RetriedTaskTest {
        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected Map<String, String> hadoop() {
            return RenamelessFileSystem.settings();
        }

        @Override
        protected String place(String name) {
            return "renameless://" + super.place(name);
        }
    }

    @Nested
    class Lock extends LakeRegisterTest {
        @TempDir
        Path folder;

        @Override
        protected String place() {
            return in(folder);
        }

        @Override
        protected Map<String, String> settings() {
            return RenamelessFileSystem.settings();
        }
    }

    @Nested
    class Ledger extends StoredEntriesTest {
        @TempDir
        Path folder;

        @Override
        protected String place() {
            return in(folder);
        }

        @Override
        protected Map<String, String> settings() {
            return RenamelessFileSystem.settings();
        }
    }

    @Nested
    @Tag("long")
    class Nights extends NightOnAStore {
        @TempDir
        Path folder;

        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected String place() {
            return in(folder);
        }

        @Override
        protected boolean warns() {
            return false;
        }
    }
}
