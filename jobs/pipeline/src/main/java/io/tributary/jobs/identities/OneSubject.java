package io.tributary.jobs.identities;

import io.tributary.identity.Aliases;
import io.tributary.identity.Aliases.Link;
import io.tributary.identity.KnownSubject;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.RowLookup;
import io.tributary.jobs.table.RowLookup.OneOf;
import io.tributary.journal.EntryKeys;
import io.tributary.model.KeyKind;
import io.tributary.model.LookupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** What {@link KnownAs#of} says of one record, by two look-ups and without a query. */
public final class OneSubject {
    private static final Set<String> ADDRESSES = Set.of(KeyKind.EMAIL.id(), KeyKind.DOMAIN.id());
    private static final Set<String> PAGES = Set.of(KeyKind.LINKEDIN_PERSON.id(), KeyKind.LINKEDIN_COMPANY.id());

    private OneSubject() {}

    /**
     * The other keys whose answers count for a record.
     *
     * @param key the record's
     */
    public static Set<String> knownAs(RowLookup lookups, Lake lake, String key, Collection<String> aliases) {
        Map<String, KeyKind> own = new HashMap<>();
        own.put(EntryKeys.hash(key), LookupKey.parse(key).kind());
        aliases.forEach(
                alias -> own.put(EntryKeys.hash(alias), LookupKey.parse(alias).kind()));
        List<Row> shared = lookups.find(
                        lake.identities(),
                        List.of(OneOf.of("alias_hash", own.keySet())),
                        List.of("alias_hash", "lookup_key"))
                .orElse(List.of());
        Set<String> subjects = new TreeSet<>();
        shared.forEach(row -> subjects.add(row.getString(1)));
        if (subjects.stream().allMatch(key::equals)) {
            // Most records are known by one key only.
            return Set.of();
        }
        Map<String, KnownSubject> known = known(lookups, lake, subjects);
        List<Link> links = new ArrayList<>();
        shared.forEach(
                row -> links.add(new Link(own.get(row.getString(0)), row.getString(0), known.get(row.getString(1)))));
        return Aliases.judge(new KnownSubject(key, of(own, ADDRESSES), of(own, PAGES)), links)
                .same();
    }

    private static Map<String, KnownSubject> known(RowLookup lookups, Lake lake, Set<String> subjects) {
        Map<String, Set<String>> addresses = new HashMap<>();
        Map<String, Set<String>> pages = new HashMap<>();
        lookups.find(
                        lake.identities(),
                        List.of(OneOf.of("lookup_key", subjects)),
                        List.of("lookup_key", "kind", "alias_hash"))
                .orElse(List.of())
                .forEach(row -> {
                    String kind = row.getString(1);
                    if (ADDRESSES.contains(kind)) {
                        addresses
                                .computeIfAbsent(row.getString(0), same -> new HashSet<>())
                                .add(row.getString(2));
                    } else if (PAGES.contains(kind)) {
                        pages.computeIfAbsent(row.getString(0), same -> new HashSet<>())
                                .add(row.getString(2));
                    }
                });
        Map<String, KnownSubject> known = new HashMap<>();
        for (String subject : subjects) {
            known.put(
                    subject,
                    new KnownSubject(
                            subject, addresses.getOrDefault(subject, Set.of()), pages.getOrDefault(subject, Set.of())));
        }
        return known;
    }

    private static Set<String> of(Map<String, KeyKind> own, Set<String> kinds) {
        Set<String> hashes = new HashSet<>();
        own.forEach((hash, kind) -> {
            if (kinds.contains(kind.id())) {
                hashes.add(hash);
            }
        });
        return hashes;
    }
}
