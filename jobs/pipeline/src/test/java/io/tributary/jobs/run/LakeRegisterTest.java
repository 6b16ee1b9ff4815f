package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.jobs.store.Entries;
import io.tributary.jobs.store.StoredEntries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The register on a disk here, elsewhere in those who inherit this. */
public class LakeRegisterTest {
    private static final Instant NOW = Instant.parse("2026-08-21T02:00:00Z");
    private static final String DELTA = "io.delta.storage.LocalLogStore";

    @TempDir
    java.nio.file.Path dir;

    /** An empty folder. */
    protected String place() {
        return dir.toUri().toString();
    }

    /** The settings of its file system. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    private Path lake() {
        return new Path(place());
    }

    private Configuration hadoop() {
        return hadoop(settings());
    }

    private static Configuration hadoop(Map<String, String> settings) {
        Configuration hadoop = new Configuration();
        settings.forEach(hadoop::set);
        return hadoop;
    }

    private LakeRegister take(String run, Instant now) throws IOException {
        return take(hadoop(), lake(), run, now);
    }

    private static LakeRegister take(Configuration hadoop, Path lake, String run, Instant now) throws IOException {
        return LakeRegister.enter(hadoop, lake, run, Job.NIGHTLY, Clock.fixed(now, ZoneOffset.UTC));
    }

    private boolean clear(String run) throws IOException {
        return LakeRegister.clear(hadoop(), lake(), run);
    }

    private void owner(long number, String host, long pid, Instant renewed) throws IOException {
        owner(lake(), number, host, pid, renewed);
    }

    private void owner(Path lake, long number, String host, long pid, Instant renewed) throws IOException {
        entry(
                lake,
                number,
                "{\"state\":\"held\",\"run_id\":\"other\",\"host\":\"" + host + "\",\"pid\":" + pid
                        + ",\"renewed_at\":\"" + renewed + "\"}");
    }

    private Path entry(Path lake, long number, String text) throws IOException {
        Path entry = new Path(lake, "lock/entries/%020d.json".formatted(number));
        try (var out = lake.getFileSystem(hadoop()).create(entry, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    @Test
    void refusesASecondRunAndNamesTheLiveOneAndTheRemedy() throws IOException {
        try (LakeRegister first = take("first", NOW)) {
            LakeBusyException refusal = assertThrows(LakeBusyException.class, () -> take("second", NOW));
            assertTrue(refusal.getMessage().contains("run first (nightly, process "), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("tributary unlock --run first"), refusal.getMessage());
            first.renew();
        }
        take("second", NOW).close();
    }

    @Test
    void takesOverFromARunOfThisMachineWhoseProcessIsGone() throws IOException {
        owner(7, java.net.InetAddress.getLocalHost().getHostName(), 999_999_999L, NOW);
        take("next", NOW).close();
    }

    /** A number of a process is used again, most of all in containers. */
    @Test
    void aLivingProcessThatGaveNoSignIsNotTheRun() throws IOException {
        String here = java.net.InetAddress.getLocalHost().getHostName();
        long living = ProcessHandle.current().pid();
        owner(7, here, living, NOW.minusSeconds(60));
        assertThrows(LakeBusyException.class, () -> take("next", NOW));
        owner(7, here, living, NOW.minus(LivingRun.STALE));
        take("next", NOW).close();
    }

    @Test
    void takesOverFromAnotherMachineOnlyAfterALongSilence() throws IOException {
        owner(7, "elsewhere", 1, NOW.minusSeconds(60));
        assertThrows(LakeBusyException.class, () -> take("next", NOW));
        owner(7, "elsewhere", 1, NOW.minus(LivingRun.STALE));
        take("next", NOW).close();
    }

    @Test
    void anEmptyLockIsOfALiveRunUntilItWasSilentForLong() throws IOException {
        Path entry = entry(lake(), 7, "");
        Instant written = Instant.ofEpochMilli(
                entry.getFileSystem(hadoop()).getFileStatus(entry).getModificationTime());

        assertThrows(LakeBusyException.class, () -> take("next", written.plusSeconds(60)));

        take("next", written.plus(LivingRun.STALE)).close();
    }

    @Test
    void aRunThatLostTheLakeIsToldSoAndTakesNothingBack() throws IOException {
        LakeRegister frozen = take("frozen", NOW);
        assertTrue(clear("frozen"));
        try (LakeRegister next = take("next", NOW)) {
            LakeBusyException lost = assertThrows(LakeBusyException.class, frozen::renew);
            assertTrue(lost.getMessage().contains("to run next"), lost.getMessage());
            frozen.close();
            next.renew();
            assertThrows(LakeBusyException.class, () -> take("third", NOW));
        }
    }

    @Test
    void onlyTheNamedRunIsUnlocked() throws IOException {
        assertFalse(clear("nobody"));
        try (LakeRegister mine = take("mine", NOW)) {
            assertFalse(clear("other"));
            mine.renew();
            assertTrue(clear("mine"));
            assertFalse(clear("mine"));
        }
    }

    @Test
    void renewingLeavesNoTrailOfEntries() throws IOException {
        try (LakeRegister mine = take("mine", NOW)) {
            for (int i = 0; i < 20; i++) {
                mine.renew();
            }
            int left = lake().getFileSystem(hadoop()).listStatus(new Path(lake(), "lock/entries")).length;
            // On a disk of this machine each may have a checksum beside it.
            assertTrue(left <= 4, left + " entries");
        }
    }

    /** The number after what it read was written and pruned while it slept. */
    @Test
    void whoReadLongAgoDoesNotWinANumberThatIsFreeAgain() throws IOException {
        owner(1, "elsewhere", 1, NOW.minus(LivingRun.STALE));
        Entries entries = new StoredEntries(hadoop(), new Path(lake(), "lock/entries"));
        AtomicInteger looks = new AtomicInteger();
        Entries slept = new Forwarding(entries) {
            @Override
            public boolean write(long number, String text) throws IOException {
                if (looks.getAndIncrement() == 0) {
                    LakeRegister winner = take("winner", NOW);
                    for (int i = 0; i < 6; i++) {
                        winner.renew();
                    }
                }
                return super.write(number, text);
            }
        };

        LakeBusyException refusal = assertThrows(
                LakeBusyException.class,
                () -> LakeRegister.enter(slept, "sleeper", Job.NIGHTLY, Clock.fixed(NOW, ZoneOffset.UTC)));

        assertTrue(refusal.getMessage().contains("run winner "), refusal.getMessage());
    }

    /** Its entry is the last but one when it looks. */
    @Test
    void whoIsFollowedAtOnceIsNotRefusedForBeingAtWorkItself() throws IOException {
        Entries entries = new StoredEntries(hadoop(), new Path(lake(), "lock/entries"));
        List<LakeRegister> followers = new ArrayList<>();
        Entries busy = new Forwarding(entries) {
            @Override
            public boolean write(long number, String text) throws IOException {
                boolean written = super.write(number, text);
                if (followers.isEmpty()) {
                    followers.add(LakeRegister.enter(entries, "follower", Job.PLAN, Clock.fixed(NOW, ZoneOffset.UTC)));
                }
                return written;
            }
        };

        LakeRegister mine = LakeRegister.enter(busy, "mine", Job.NIGHTLY, Clock.fixed(NOW, ZoneOffset.UTC));

        assertEquals(2, mine.state().runs().size());
        mine.renew();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", DELTA})
    void ofManyWhoTakeADeadRunsLakeAtOnceExactlyOneGetsIt(String store) throws Exception {
        int starters = 4;
        Configuration hadoop = hadoop();
        if (!store.isEmpty()) {
            hadoop.set("spark.delta.logStore.file.impl", store);
        }
        ExecutorService pool = Executors.newFixedThreadPool(starters);
        try {
            for (int round = 0; round < 25; round++) {
                Path one = new Path(lake(), store + "r" + round);
                owner(one, 3, "elsewhere", 1, NOW.minus(LivingRun.STALE));
                CyclicBarrier start = new CyclicBarrier(starters);
                List<Future<Boolean>> taken = new ArrayList<>();
                for (int i = 0; i < starters; i++) {
                    String run = "run" + i;
                    taken.add(pool.submit(() -> {
                        start.await();
                        return taken(hadoop, one, run);
                    }));
                }
                int winners = 0;
                for (Future<Boolean> each : taken) {
                    winners += each.get() ? 1 : 0;
                }
                assertEquals(1, winners, "round " + round);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean taken(Configuration hadoop, Path lake, String run) {
        try {
            take(hadoop, lake, run, NOW);
            return true;
        } catch (LakeBusyException other) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runsOfOtherKindsAreAtWorkTogetherAndOneOfThemWrites() throws IOException {
        try (LakeRegister night = take("night", NOW);
                LakeRegister plan =
                        LakeRegister.enter(hadoop(), lake(), "plan", Job.PLAN, Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertEquals(Optional.empty(), night.takeTables());
            assertEquals("night", plan.takeTables().orElseThrow().runId());
            night.reserve(Map.of("acme", 12.0), 10);
            LivingRun seen = plan.others().get(0);
            assertEquals(Map.of("acme", 12.0), seen.reserves());
            assertEquals(10, seen.reservesInAll());
            long fence = night.state().fence();
            night.giveTablesBack();
            assertEquals(Optional.empty(), plan.takeTables());
            assertTrue(plan.state().fence() > fence);
            night.giveTablesBack();
            assertEquals("plan", night.takeTables().orElseThrow().runId(), "gives back what is its own only");
        }
    }

    @Test
    void theTablesOfADeadRunAreTakenFromIt() throws IOException {
        LakeRegister frozen = take("frozen", NOW);
        frozen.takeTables();
        Instant later = NOW.plus(LivingRun.STALE);
        try (LakeRegister next = take("next", later)) {
            assertEquals(Optional.empty(), next.takeTables());
            assertThrows(LakeBusyException.class, frozen::takeTables);
            assertThrows(LakeBusyException.class, () -> frozen.reserve(Map.of(), 0));
            frozen.giveTablesBack();
            assertEquals(Optional.of("next"), next.state().writer());
        }
    }

    @Test
    void aSecondDriverOfTheSameRunIsRefused() throws IOException {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (LakeRegister first = LakeRegister.enter(hadoop(), lake(), "same", Job.PLAN, clock)) {
            assertThrows(LakeBusyException.class, () -> LakeRegister.enter(hadoop(), lake(), "same", Job.PLAN, clock));
            first.renew();
        }
    }

    /** Two processes that take and give back in turn, with a file that must never exist twice. */
    @Test
    void twoProcessesAreNeverAtWorkAtOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            List<String> command = new ArrayList<>(List.of(
                    java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                            .toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Contender.class.getName(),
                    place(),
                    dir.resolve("at-work").toString(),
                    name));
            settings().forEach((key, value) -> command.add(key + "=" + value));
            processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve(name + ".out").toFile())
                    .start());
        }
        try {
            for (Process process : processes) {
                assertTrue(process.waitFor(3, TimeUnit.MINUTES), () -> "waits for ever\n" + outputs());
                assertEquals(0, process.exitValue(), this::outputs);
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private String outputs() {
        try {
            return Files.readString(dir.resolve("a.out")) + Files.readString(dir.resolve("b.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Works for a while whenever it gets the lake; fails if somebody else is at work. */
    static final class Contender {
        private Contender() {}

        public static void main(String[] args) throws IOException {
            Path lake = new Path(args[0]);
            java.nio.file.Path work = java.nio.file.Path.of(args[1]);
            Configuration hadoop = new Configuration();
            Stream.of(args)
                    .skip(3)
                    .map(setting -> setting.split("=", 2))
                    .forEach(setting -> hadoop.set(setting[0], setting[1]));
            int done = 0;
            long fence = 0;
            while (done < 20) {
                try (LakeRegister mine =
                        LakeRegister.enter(hadoop, lake, args[2] + done, Job.PLAN, Clock.fixed(NOW, ZoneOffset.UTC))) {
                    if (mine.takeTables().isEmpty()) {
                        Files.createFile(work);
                        if (mine.state().fence() <= fence) {
                            throw new AssertionError("the fence stands at " + fence);
                        }
                        fence = mine.state().fence();
                        Files.delete(work);
                        mine.giveTablesBack();
                        done++;
                    }
                } catch (LakeBusyException busy) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static class Forwarding implements Entries {
        private final Entries entries;

        Forwarding(Entries entries) {
            this.entries = entries;
        }

        @Override
        public java.util.OptionalLong last() throws IOException {
            return entries.last();
        }

        @Override
        public String read(long number) throws IOException {
            return entries.read(number);
        }

        @Override
        public Instant writtenAt(long number) throws IOException {
            return entries.writtenAt(number);
        }

        @Override
        public boolean write(long number, String text) throws IOException {
            return entries.write(number, text);
        }

        @Override
        public void prune(long below) throws IOException {
            entries.prune(below);
        }
    }
}
