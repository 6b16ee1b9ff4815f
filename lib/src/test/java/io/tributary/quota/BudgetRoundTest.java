package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.quota.BudgetRound.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetRoundTest {
    private static final Wanted ACME = new Wanted("acme", 1);
    private static final Wanted BETA = new Wanted("beta", 1);

    private static BudgetRound round(double acme, double beta, double inAll) {
        return new BudgetRound(new Allowance(Map.of("acme", acme, "beta", beta), inAll));
    }

    @Test
    void theBestAreTakenUntilTheWorstCasesFill() {
        BudgetRound round = round(2, 9, 9);
        assertEquals(List.of(0), round.take(List.of(ACME)));
        assertEquals(List.of(0), round.take(List.of(ACME)));
        assertEquals(List.of(), round.take(List.of(ACME)));
    }

    @Test
    void nothingIsAskedBeforeWhatStandsBeforeIt() {
        BudgetRound round = round(5, 5, 9);
        assertEquals(List.of(0), round.take(List.of(new Wanted("acme", 3))));
        assertEquals(List.of(), round.take(List.of(new Wanted("acme", 4))), "it fits when the first was cheap");
        assertEquals(List.of(), round.take(List.of(ACME)), "and till then it holds its place");
        assertEquals(List.of(0), round.take(List.of(BETA)));
    }

    @Test
    void whatCanNeverFitHoldsNobodyUp() {
        BudgetRound round = round(2, 5, 9);
        assertEquals(List.of(), round.take(List.of(new Wanted("acme", 3))));
        assertEquals(List.of(0), round.take(List.of(ACME)));
    }

    @Test
    void aLaterProviderWaitsForTheOneBeforeItUnlessThatCanNeverBeAsked() {
        BudgetRound round = round(1, 5, 9);
        assertEquals(List.of(0, 1), round.take(List.of(ACME, BETA)));
        assertEquals(List.of(), round.take(List.of(ACME, BETA)), "acme may have something left in the next round");
        assertEquals(List.of(), round.take(List.of(BETA)), "and then beta is for the key before");
        assertEquals(List.of(1), round(0, 5, 9).take(List.of(ACME, BETA)));
    }

    @Test
    void whenTheCapOfAllIsFullOnlyWhatCostsNothingIsAsked() {
        BudgetRound round = round(5, 5, 1);
        assertEquals(List.of(0), round.take(List.of(ACME, BETA)));
        assertEquals(List.of(), round.take(List.of(ACME)));
        assertEquals(List.of(0), round.take(List.of(new Wanted("acme", 0))));
    }

    @Test
    void tenTenthsAreOne() {
        BudgetRound round = round(1, 0, 9);
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of(0), round.take(List.of(new Wanted("acme", 0.1))), "tenth " + i);
        }
        assertEquals(List.of(), round.take(List.of(new Wanted("acme", 0.001))));
    }

    @Test
    void whatIsSpentIsLeftNoMore() {
        Allowance left = new Allowance(Map.of("acme", 3.0), 5).less(Map.of("acme", 1.0, "beta", 3.5));
        assertEquals(List.of(), new BudgetRound(left).take(List.of(new Wanted("acme", 0.6))));
        assertEquals(List.of(0), new BudgetRound(left).take(List.of(new Wanted("acme", 0.5))));
        assertEquals(List.of(), new BudgetRound(left.less(Map.of("acme", 9.0))).take(List.of(ACME)));
        assertFalse(left.isUnlimited());
        assertTrue(Allowance.unlimited().less(Map.of("acme", 9.0)).isUnlimited());
    }

    @Test
    void theCapThatLeavesLeastBinds() {
        Optional<String> acme = Optional.of("acme");
        Caps.Cap run = new Caps.Cap("run", acme, 50, 0);
        Caps.Cap day = new Caps.Cap("day", acme, 60, 20);
        Caps.Cap month = new Caps.Cap("month", Optional.empty(), 30, 40);
        Caps caps = new Caps(List.of(run, day, month));

        assertEquals(List.of(day, month), caps.binding());
        assertEquals(List.of(), new BudgetRound(caps.allowance()).take(List.of(ACME)));
        assertEquals(
                List.of(0),
                new BudgetRound(new Caps(List.of(run, day)).allowance()).take(List.of(new Wanted("acme", 40))));
        assertTrue(Caps.none().allowance().isUnlimited());
    }
}
