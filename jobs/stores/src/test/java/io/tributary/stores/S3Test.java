package io.tributary.stores;

import io.tributary.jobs.ask.RetriedTaskTest;
import io.tributary.jobs.harvest.HarvestStepTest;
import io.tributary.jobs.journal.HadoopJournalStore;
import io.tributary.jobs.run.LakeRegisterTest;
import io.tributary.jobs.run.NightOnAStore;
import io.tributary.jobs.store.StoredEntriesTest;
import io.tributary.journal.JournalStore;
import io.tributary.journal.JournalStoreContract;
import io.tributary.journal.JournalTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Every recovery test, and nights, on S3 as a simulator in a process of its own speaks it. */
class S3Test {
    @TempDir
    static Path disk;

    private static S3Process s3;
    private static OneWriterAtATime races;

    @BeforeAll
    static void start() throws IOException {
        s3 = S3Process.start(disk);
        races = new OneWriterAtATime(URI.create(s3.url()));
    }

    @AfterAll
    static void stop() {
        races.close();
        s3.close();
    }

    /** A folder that nobody else has. */
    private static String folder() {
        return "s3a://" + S3Process.BUCKET + "/" + UUID.randomUUID();
    }

    /** The same where those race who write on a condition. */
    private static String raced() {
        return "s3a://" + S3Process.RACES + "/" + UUID.randomUUID();
    }

    private static JournalStore journal() throws IOException {
        Configuration hadoop = new Configuration();
        S3Process.settings(races.url()).forEach(hadoop::set);
        return new HadoopJournalStore(hadoop, raced());
    }

    private static SparkConf with(SparkConf conf) {
        S3Process.settings(s3.url()).forEach((key, value) -> conf.set("spark.hadoop." + key, value));
        return conf;
    }

    @Nested
    class Store extends JournalStoreContract {
        @Override
        protected JournalStore store() throws IOException {
            return journal();
        }
    }

    @Nested
    class Journal extends JournalTest {
        @Override
        protected JournalStore store() throws IOException {
            return journal();
        }
    }

    @Nested
    @Tag("long")
    class Harvest extends HarvestStepTest {
        private final String lake = folder();

        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected String place(String name) {
            return lake + "/" + name;
        }
    }

    @Nested
    class Calls extends RetriedTaskTest {
        private final String lake = folder();

        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected Map<String, String> hadoop() {
            return S3Process.settings(s3.url());
        }

        @Override
        protected String place(String name) {
            return lake + "/" + name;
        }
    }

    @Nested
    class Lock extends LakeRegisterTest {
        private final String lake = raced();

        @Override
        protected String place() {
            return lake;
        }

        @Override
        protected Map<String, String> settings() {
            return S3Process.settings(races.url());
        }
    }

    @Nested
    class Ledger extends StoredEntriesTest {
        private final String ledger = raced();

        @Override
        protected String place() {
            return ledger;
        }

        @Override
        protected Map<String, String> settings() {
            return S3Process.settings(races.url());
        }
    }

    @Nested
    class Nights extends NightOnAStore {
        private final String lake = folder();

        @Override
        public SparkConf conf() {
            return with(super.conf());
        }

        @Override
        protected String place() {
            return lake;
        }

        @Override
        protected boolean warns() {
            return true;
        }
    }
}
