package io.tributary.identity;

import io.tributary.model.Identifiers;
import io.tributary.model.LookupKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Identify} decided about one row.
 *
 * @param key the best key of the subject, by which it is asked and paid for; empty if nothing identifies it, and then
 *     {@code reasons} contains {@code no_identifier}
 * @param aliases every other key of the same subject, best first: another name for a cached answer, never asked on its
 *     own. Namesakes with different mailboxes can share one, so an answer that is found by an alias counts only if it
 *     doesn't contradict a better key of the row
 * @param inputs what may be sent to a provider
 * @param companyKey for a person, the best key of the employer if the row knows it; always empty for a company
 * @param reasons why a cell was not used or the whole row refused: {@code field: code}, with stable codes and never a value
 */
public record Identity(
        Optional<LookupKey> key,
        List<LookupKey> aliases,
        Identifiers inputs,
        Optional<LookupKey> companyKey,
        List<String> reasons) {
    public Identity {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(companyKey, "companyKey");
        aliases = List.copyOf(aliases);
        reasons = List.copyOf(reasons);
        if (key.isEmpty() && !aliases.isEmpty()) {
            throw new IllegalArgumentException("aliases without a key: the best of them is the key");
        }
    }
}
