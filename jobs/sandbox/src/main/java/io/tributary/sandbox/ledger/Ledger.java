package io.tributary.sandbox.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.quota.Quota;
import io.tributary.sandbox.wire.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The books of all providers. Thread-safe; counts of a running server are a snapshot per provider. */
public final class Ledger {
    private final Map<String, ProviderLedger> books;
    private final Map<String, Quota> quotas;

    public Ledger(Map<String, ProviderLedger> books, Map<String, Quota> quotas) {
        this.books = Map.copyOf(books);
        this.quotas = Map.copyOf(quotas);
    }

    /**
     * The counts of one provider.
     *
     * @throws IllegalArgumentException if the sandbox has no such provider
     */
    public Counts counts(String provider) {
        return book(provider).counts();
    }

    /** The counts of all providers together. */
    public Counts totals() {
        return books.values().stream().map(ProviderLedger::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** The latest calls of one provider, oldest first. */
    public List<CallEntry> entries(String provider) {
        return book(provider).entries();
    }

    /** The window of a provider that came nearest to its limit; nothing before the first call. */
    public Optional<Quota.Peak> busiestWindow(String provider) {
        book(provider);
        return quotas.get(provider).peaks().stream()
                .filter(peak -> peak.used() > 0)
                .max(Comparator.comparingDouble(Quota.Peak::share));
    }

    /** Starts new books for all providers. Rate windows, keys and pending answers stay. */
    public void reset() {
        books.values().forEach(ProviderLedger::reset);
        quotas.values().forEach(Quota::resetPeaks);
    }

    /** The document of {@code GET /_ledger}. */
    public ObjectNode json() {
        ObjectNode document = Json.object();
        ObjectNode providers = document.putObject("providers");
        books.keySet().stream().sorted().forEach(provider -> {
            ObjectNode book = counts(provider).json();
            ObjectNode busiest = book.putObject("busiest_window");
            busiestWindow(provider).ifPresent(peak -> window(busiest, peak));
            quotas.get(provider)
                    .peaks()
                    .forEach(peak -> window(book.withArray("windows").addObject(), peak));
            providers.set(provider, book);
        });
        document.set("totals", totals().json());
        return document;
    }

    private ProviderLedger book(String provider) {
        return Optional.ofNullable(books.get(provider))
                .orElseThrow(() ->
                        new IllegalArgumentException("no provider \"" + provider + "\"; one of " + books.keySet()));
    }

    private static void window(ObjectNode node, Quota.Peak peak) {
        node.put("scope", peak.scope())
                .put("window", peak.limit().windowName())
                .put("limit", peak.limit().calls())
                .put("used", peak.used());
    }
}
