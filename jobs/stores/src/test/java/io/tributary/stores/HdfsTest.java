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
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Every recovery test, and nights, on HDFS. */
class HdfsTest {
    @TempDir
    static Path disk;

    private static MiniDFSCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        Configuration settings = new Configuration();
        settings.set("hdfs.minidfs.basedir", disk.toString());
        cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
        cluster.waitActive();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    /** A folder that nobody else has. */
    private static String folder() {
        return cluster.getURI() + "/" + UUID.randomUUID();
    }

    private static JournalStore journal() throws IOException {
        return new HadoopJournalStore(new Configuration(), folder());
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
        protected String place(String name) {
            return lake + "/" + name;
        }
    }

    @Nested
    class Calls extends RetriedTaskTest {
        private final String lake = folder();

        @Override
        protected String place(String name) {
            return lake + "/" + name;
        }
    }

    @Nested
    class Lock extends LakeRegisterTest {
        private final String lake = folder();

        @Override
        protected String place() {
            return lake;
        }
    }

    @Nested
    class Ledger extends StoredEntriesTest {
        private final String ledger = folder();

        @Override
        protected String place() {
            return ledger;
        }
    }

    @Nested
    @Tag("long")
    class Nights extends NightOnAStore {
        private final String lake = folder();

        @Override
        protected String place() {
            return lake;
        }

        @Override
        protected boolean warns() {
            return false;
        }
    }
}
