package io.tributary.call;

import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import java.util.List;

/**
 * One call with its asks, through all its tries.
 *
 * @param failedTries tries that ended without an answer; refusals for speed are none
 * @param refusals tries whose key was not accepted
 */
record Flight(Operation operation, List<Item> items, int failedTries, int refusals) {
    Flight {
        items = List.copyOf(items);
    }

    static Flight of(List<Item> items) {
        return new Flight(items.get(0).operation(), items, 0, 0);
    }

    List<Ask> asks() {
        return items.size() == 1
                ? List.of(items.get(0).ask())
                : items.stream().map(Item::ask).toList();
    }

    Flight afterFailure() {
        return new Flight(operation, items, failedTries + 1, refusals);
    }

    Flight afterRefusal() {
        return new Flight(operation, items, failedTries, refusals + 1);
    }

    Flight with(List<Item> some) {
        return new Flight(operation, some, failedTries, refusals);
    }
}
