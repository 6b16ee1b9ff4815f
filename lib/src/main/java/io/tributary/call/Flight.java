package io.tributary.call;

import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import java.util.List;

/**
 * One call with its asks, through all its tries.
 *
 * @param failedTries tries that ended without an answer; refusals for speed are none
 * @param rotated whether another key was already tried
 * @param renewed whether it was tried again with what was renewed for its key
 */
record Flight(Operation operation, List<Item> items, int failedTries, boolean rotated, boolean renewed) {
    Flight {
        items = List.copyOf(items);
    }

    static Flight of(List<Item> items) {
        return new Flight(items.get(0).operation(), items, 0, false, false);
    }

    List<Ask> asks() {
        return items.size() == 1
                ? List.of(items.get(0).ask())
                : items.stream().map(Item::ask).toList();
    }

    Flight afterFailure() {
        return new Flight(operation, items, failedTries + 1, rotated, renewed);
    }

    Flight withNextKey() {
        return new Flight(operation, items, failedTries, true, renewed);
    }

    Flight withRenewedKey() {
        return new Flight(operation, items, failedTries, rotated, true);
    }

    Flight with(List<Item> some) {
        return new Flight(operation, some, failedTries, rotated, renewed);
    }
}
