package io.tributary.jobs.run;

import io.tributary.jobs.ask.AccountChange;
import io.tributary.jobs.report.AccountLine;
import io.tributary.jobs.report.RunSummary;
import io.tributary.provider.Balance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What accounts told, beside what we count. */
final class Reconciliation {
    private Reconciliation() {}

    static List<AccountLine> lines(List<AccountChange> changes, Map<String, RunSummary.ProviderLine> counted) {
        return changes.stream()
                .map(change -> new AccountLine(
                        change.provider(),
                        left(change.before()),
                        left(change.after()),
                        change.before().isPresent() && change.after().isPresent()
                                ? change.after()
                                        .get()
                                        .spentSince(change.before().get())
                                : OptionalDouble.empty(),
                        Optional.ofNullable(counted.get(change.provider()))
                                .map(RunSummary.ProviderLine::credits)
                                .orElse(0.0)))
                .toList();
    }

    private static OptionalDouble left(Optional<Balance> balance) {
        return balance.map(Balance::remaining).orElse(OptionalDouble.empty());
    }

    /**
     * A sentence for each account that contradicts us.
     *
     * @param uncertain the most that asks of unknown outcome may have cost besides, by provider
     */
    static List<String> notes(List<AccountLine> lines, Map<String, Double> uncertain) {
        return lines.stream()
                .filter(line -> line.contradicts(uncertain.getOrDefault(line.provider(), 0.0)))
                .map(Reconciliation::note)
                .toList();
    }

    private static String note(AccountLine line) {
        double taken = line.byProvider().orElseThrow();
        return "by its account " + line.provider() + " took " + RunSummary.number(taken)
                + " credits, by its file it was "
                + RunSummary.number(line.byUs()) + ": "
                + (taken < line.byUs()
                        ? "it charges less than 'credits' in the file says"
                        : "either 'credits' in the file is wrong, or somebody else uses the account");
    }
}
