package io.tributary.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.quota.Budget.Decision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BudgetTest {
    @Property
    void theCapHoldsWhateverIsReservedAndSettledInWhateverOrder(
            @ForAll @IntRange(max = 50) int cap,
            @ForAll List<@DoubleRange(max = 9) Double> worstCases,
            @ForAll @DoubleRange(max = 1) double part) {
        Budget budget = new Budget(cap);
        Deque<Double> open = new ArrayDeque<>();
        for (double worst : worstCases) {
            Decision decision = budget.reserve(worst);
            while (decision == Decision.WAIT) {
                double oldest = open.removeFirst();
                budget.settle(oldest, oldest * part);
                decision = budget.reserve(worst);
            }
            if (decision == Decision.RESERVED) {
                open.addLast(worst);
            }
            assertTrue(budget.spent() <= cap, "spent " + budget.spent());
        }
    }

    @Test
    void whatIsSetAsideIsWaitedForAndWhatIsSpentIsNot() {
        Budget budget = new Budget(2);
        assertEquals(Decision.RESERVED, budget.reserve(2));
        assertEquals(Decision.WAIT, budget.reserve(1));
        budget.settle(2, 0.5);
        assertEquals(Decision.RESERVED, budget.reserve(1));
        assertEquals(Decision.SPENT, budget.reserve(2));
    }
}
