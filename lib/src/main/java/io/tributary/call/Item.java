package io.tributary.call;

import io.tributary.journal.EntryKeys;
import io.tributary.journal.Intent;
import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One ask on its way through one provider. Confined to the event loop. */
final class Item {
    private final Operation operation;
    private final Ask ask;
    private final String entryKey;
    private final String inputHash;
    private final CompletableFuture<ProviderResult> result = new CompletableFuture<>();
    private int attempts;
    private double spent;
    private boolean reserved;
    private boolean repeatPossible;

    Item(Operation operation, Ask ask) {
        String input = operation.canonicalInput(ask.inputs());
        this.operation = operation;
        this.ask = ask;
        this.entryKey = EntryKeys.of(operation.provider(), operation.name(), input, ask.epoch());
        this.inputHash = EntryKeys.hash(input);
    }

    Operation operation() {
        return operation;
    }

    Ask ask() {
        return ask;
    }

    String entryKey() {
        return entryKey;
    }

    String inputHash() {
        return inputHash;
    }

    CompletableFuture<ProviderResult> result() {
        return result;
    }

    Intent intent(Instant now) {
        return new Intent(
                entryKey,
                ask.key().text(),
                operation.provider(),
                operation.name(),
                ask.epoch(),
                inputHash,
                now.toEpochMilli());
    }

    int attempts() {
        return attempts;
    }

    void attempted() {
        attempts++;
    }

    boolean isReserved() {
        return reserved;
    }

    void reserved() {
        reserved = true;
    }

    void settled(double credits) {
        reserved = false;
        spent += credits;
    }

    double spent() {
        return spent;
    }

    boolean repeatPossible() {
        return repeatPossible;
    }

    void mayRepeat() {
        repeatPossible = true;
    }
}
