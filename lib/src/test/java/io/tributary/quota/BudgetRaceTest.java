package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.journal.Entry;
import io.tributary.journal.Intent;
import io.tributary.journal.Replay;
import io.tributary.journal.Segment;
import io.tributary.journal.SegmentPath;
import io.tributary.model.Outcome;
import io.tributary.quota.BudgetRound.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A thousand nights of eight tasks that spend one budget in rounds and die wherever it hurts. */
class BudgetRaceTest {
    private static final int NIGHTS = 1000;
    private static final int TASKS = 8;
    private static final int KEYS = 160;

    @Test
    void noCapIsEverPassedAndWhatIsLeftIsLessThanAnAsk() {
        for (int seed = 0; seed < NIGHTS; seed++) {
            Random random = new Random(seed);
            Night night = new Night(random, 0.04, Map.of("acme", 3.0, "beta", 2.0));
            night.run(new Allowance(
                    Map.of("acme", 5.0 + random.nextInt(60), "beta", (double) random.nextInt(40)),
                    10 + random.nextInt(80)));
        }
    }

    @Test
    void asksOfOneOrNothingSpendTheBudgetToTheLastCredit() {
        for (int seed = 0; seed < NIGHTS; seed++) {
            Random random = new Random(seed);
            int credits = 1 + random.nextInt(30);
            Night calm = new Night(random, 0, Map.of("acme", 1.0));
            calm.run(new Allowance(Map.of("acme", (double) credits), Double.POSITIVE_INFINITY));
            assertEquals(credits, calm.billed("acme"), "night " + seed);

            Night deadly = new Night(random, 0.04, Map.of("acme", 1.0));
            deadly.run(new Allowance(Map.of(), credits));
            assertEquals(credits, deadly.counted("acme"), "what is unknown counts as spent, night " + seed);
            assertTrue(deadly.billed("acme") <= credits, "night " + seed);
        }
    }

    /** What a task is given to ask about one key at one provider. */
    private record Task(int key, String provider, double worst) {
        String entryKey() {
            return key + " " + provider;
        }
    }

    /** One provider's answers, billed as it likes up to the worst case; half of the keys are found. */
    private static final class Night {
        private final Random random;
        private final double deaths;
        private final Map<String, Double> worst;
        private final List<Deque<Wanted>> open = new ArrayList<>();
        private final List<List<Segment>> journals = new ArrayList<>();
        private final List<Map<String, Double>> counted = new ArrayList<>();
        private final Map<String, Double> billed = new HashMap<>();
        private final Map<String, Integer> latest = new HashMap<>();
        private long attempts;

        Night(Random random, double deaths, Map<String, Double> worst) {
            this.random = random;
            this.deaths = deaths;
            this.worst = new TreeMap<>(worst);
            for (int key = 0; key < KEYS; key++) {
                Deque<Wanted> asks = new ArrayDeque<>();
                this.worst.forEach(
                        (provider, most) -> asks.add(new Wanted(provider, 1 + random.nextInt((int) (double) most))));
                open.add(asks);
            }
            for (int task = 0; task < TASKS; task++) {
                journals.add(new ArrayList<>());
                counted.add(new HashMap<>());
            }
        }

        double billed(String provider) {
            return billed.getOrDefault(provider, 0.0);
        }

        double counted(String provider) {
            return counted.stream()
                    .mapToDouble(one -> one.getOrDefault(provider, 0.0))
                    .sum();
        }

        private Map<String, Double> spent() {
            Map<String, Double> spent = new HashMap<>();
            worst.keySet().forEach(provider -> spent.put(provider, counted(provider)));
            return spent;
        }

        void run(Allowance caps) {
            boolean asked = true;
            while (asked) {
                Allowance left = caps.less(spent());
                BudgetRound round = new BudgetRound(left);
                Map<Integer, List<Task>> tasks = new TreeMap<>();
                for (int key = 0; key < KEYS; key++) {
                    List<Wanted> wanted = List.copyOf(open.get(key));
                    for (int place : round.take(wanted)) {
                        Wanted ask = wanted.get(place);
                        tasks.computeIfAbsent(key % TASKS, task -> new ArrayList<>())
                                .add(new Task(key, ask.provider(), ask.worst()));
                        if (deaths == 0) {
                            Integer before = latest.put(ask.provider(), key);
                            assertTrue(before == null || before < key, "asked out of its turn: " + key);
                        }
                    }
                }
                tasks.forEach(this::work);
                asked = !tasks.isEmpty();
                worst.keySet()
                        .forEach(provider -> assertTrue(
                                Budget.thousandths(billed(provider)) <= caps.at(provider),
                                "billed " + billed + " of " + caps));
                assertTrue(
                        billed.values().stream().mapToLong(Budget::thousandths).sum() <= caps.inAll());
            }
            Allowance left = caps.less(spent());
            open.forEach(asks -> asks.forEach(ask ->
                    assertTrue(!left.bears(ask.provider(), Budget.thousandths(ask.worst())), "left over: " + ask)));
        }

        /** A task is tried until it does not die. */
        private void work(int task, List<Task> asks) {
            Map<String, Double> before = Map.copyOf(counted.get(task));
            boolean done = false;
            while (!done) {
                done = attempt(task, asks, before);
            }
        }

        private boolean attempt(int task, List<Task> asks, Map<String, Double> before) {
            long attempt = attempts++;
            Replay replay = Replay.of(journals.get(task));
            Map<String, Double> had = new HashMap<>();
            Map<String, Budget> budgets = new HashMap<>();
            worst.keySet().forEach(provider -> {
                // The worst case of an operation is in its name.
                double spent = replay.mayHaveSpent(provider, Double::parseDouble, Double::parseDouble);
                double reserved = asks.stream()
                        .filter(ask -> ask.provider().equals(provider))
                        .mapToDouble(Task::worst)
                        .sum();
                had.put(provider, spent);
                budgets.put(provider, Budget.ofRound(before.getOrDefault(provider, 0.0), reserved, spent));
            });
            int sequence = 0;
            for (Task ask : asks) {
                Deque<Wanted> left = open.get(ask.key());
                boolean ended = replay.ended(ask.entryKey()).isPresent();
                if (left.isEmpty() || !left.peek().provider().equals(ask.provider()) && !ended) {
                    // Found before, or nobody before has answered yet.
                    drop(left, ask);
                    continue;
                }
                Budget budget = budgets.get(ask.provider());
                if (ended) {
                    continue;
                }
                if (budget.reserve(ask.worst()) != Budget.Decision.RESERVED) {
                    // It stays wanted: a later round may have what a death took.
                    continue;
                }
                put(task, attempt, sequence++, List.of(intent(ask)), List.of());
                if (dies()) {
                    return false;
                }
                double cost = ask.worst() == 1 ? random.nextInt(2) : random.nextInt((int) ask.worst() + 1);
                billed.merge(ask.provider(), cost, Double::sum);
                if (dies()) {
                    return false;
                }
                boolean lost = dies();
                Outcome outcome = lost ? Outcome.UNKNOWN : cost > 0 ? Outcome.MATCHED : Outcome.NOT_FOUND;
                put(task, attempt, sequence++, List.of(), List.of(entry(ask, outcome, lost ? 0 : cost)));
                budget.settle(ask.worst(), lost ? ask.worst() : cost);
                drop(left, ask);
                if (outcome == Outcome.MATCHED) {
                    left.clear();
                }
            }
            budgets.forEach((provider, budget) -> counted.get(task).put(provider, had.get(provider) + budget.spent()));
            return true;
        }

        /** Everything up to this ask is done with. */
        private static void drop(Deque<Wanted> left, Task ask) {
            while (left.stream().anyMatch(one -> one.provider().equals(ask.provider()))) {
                left.removeFirst();
            }
        }

        private boolean dies() {
            return random.nextDouble() < deaths;
        }

        private void put(int task, long attempt, int sequence, List<Intent> intents, List<Entry> entries) {
            String path = new SegmentPath("r", task, attempt, sequence).text();
            journals.get(task).add(new Segment(path, intents, entries, ""));
        }

        private static Intent intent(Task ask) {
            return new Intent(ask.entryKey(), "email:" + ask.key(), ask.provider(), "" + ask.worst(), 0, "i", 1);
        }

        private static Entry entry(Task ask, Outcome outcome, double credits) {
            return new Entry(
                    ask.entryKey(),
                    "email:" + ask.key(),
                    ask.provider(),
                    "" + ask.worst(),
                    0,
                    "i",
                    outcome,
                    "",
                    200,
                    credits,
                    1,
                    1,
                    1,
                    true,
                    1,
                    1,
                    "",
                    "v",
                    List.of(),
                    "",
                    "");
        }
    }
}
