package io.tributary.quota;

import io.tributary.provider.QuotaWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of a provider's windows its headers mean. Immutable. */
record SaidWindows(List<QuotaWindow> limits) {
    SaidWindows {
        limits = List.copyOf(limits);
    }

    /** The one of that length, else the one of that size, else the only one. */
    Optional<Integer> meantBy(RateHeaders.Limit said) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            QuotaWindow limit = limits.get(i);
            boolean fits = said.per().isPresent()
                    ? limit.per().equals(said.per().get())
                    : limits.size() == 1
                            || said.quota().isPresent() && said.quota().getAsLong() == limit.calls();
            if (fits) {
                fitting.add(i);
            }
        }
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }
}
