package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.jobs.ask.AccountChange;
import io.tributary.jobs.report.AccountLine;
import io.tributary.jobs.report.RunSummary;
import io.tributary.provider.Balance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static Optional<Balance> balance(double left, double used) {
        return Optional.of(new Balance(OptionalDouble.of(left), OptionalDouble.of(used)));
    }

    private static List<AccountLine> lines(Optional<Balance> before, Optional<Balance> after) {
        return Reconciliation.lines(
                List.of(new AccountChange("hunter", before, after)),
                Map.of("hunter", new RunSummary.ProviderLine("hunter", 130, 130, 120, 10, 120, 0)));
    }

    @Test
    void whatTheAccountTookStandsBesideWhatWeCount() {
        assertEquals(
                List.of(new AccountLine(
                        "hunter", OptionalDouble.of(500), OptionalDouble.of(379), OptionalDouble.of(121), 120)),
                lines(balance(500, 0), balance(379, 121)));
        assertEquals(
                List.of(new AccountLine(
                        "hunter", OptionalDouble.of(500), OptionalDouble.empty(), OptionalDouble.empty(), 120)),
                lines(balance(500, 0), Optional.empty()));
    }

    @Test
    void onlyWhatIsNotUncertainIsANote() {
        List<AccountLine> more = lines(balance(500, 0), balance(379, 121));
        assertEquals(List.of(), Reconciliation.notes(more, Map.of("hunter", 1.0)));
        assertEquals(
                List.of(
                        "by its account hunter took 121 credits, by its file it was 120: either 'credits' in the file is"
                                + " wrong, or somebody else uses the account"),
                Reconciliation.notes(more, Map.of("apollo", 5.0)));
        assertEquals(
                List.of("by its account hunter took 20 credits, by its file it was 120: it charges less than 'credits'"
                        + " in the file says"),
                Reconciliation.notes(lines(balance(500, 0), balance(480, 20)), Map.of("hunter", 1.0)));
    }
}
