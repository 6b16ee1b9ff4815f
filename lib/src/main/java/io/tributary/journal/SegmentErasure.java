package io.tributary.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes people out of a segment. Their intents go; of an answer about them there stay its place, because ids of answers are
 * made from places, that a call was made and what it cost, and what it said of a company as well. A body that is about
 * somebody else and names one of them is emptied as a whole: nobody can tell which other words of it are about them.
 */
public final class SegmentErasure {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SegmentErasure() {}

    /**
     * What a segment is without them.
     *
     * @param content the segment to be put in place of the old one
     * @param records the records that were theirs or named them
     */
    public record Result(byte[] content, long records) {}

    /**
     * The segment without them; empty if it can stay as it is. Of a torn one the damaged part goes in any case: it counts for
     * nothing, and nobody can tell whom it is about.
     */
    public static Optional<Result> of(Segment segment, Forgotten whom) {
        List<Intent> intents = segment.intents().stream()
                .filter(intent -> !whom.isKey(intent.lookupKey()))
                .toList();
        long records = segment.intents().size() - intents.size();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : segment.entries()) {
            Entry left = without(entry, whom);
            records += left == entry ? 0 : 1;
            entries.add(left);
        }
        return records == 0 && segment.isWhole()
                ? Optional.empty()
                : Optional.of(new Result(SegmentCodec.write(intents, entries), records));
    }

    /** The same entry if there is nothing of them in it. */
    private static Entry without(Entry entry, Forgotten whom) {
        boolean theirs = whom.isKey(entry.lookupKey());
        boolean brought = entry.also().stream().anyMatch(whom::isKey);
        boolean told = brought || theirs || whom.isNamedIn(entry.profiles());
        if (!told && !whom.isNamedIn(entry.body())) {
            return entry;
        }
        List<String> also =
                entry.also().stream().filter(key -> !whom.isKey(key)).toList();
        if (theirs || told && isAboutAPerson(entry.lookupKey())) {
            List<String> companies =
                    also.stream().filter(key -> !isAboutAPerson(key)).toList();
            return entry.forgotten(companies, companies.isEmpty() ? "{}" : withoutPerson(entry.profiles()));
        }
        return entry.about(also, told ? withoutPerson(entry.profiles()) : entry.profiles(), "");
    }

    private static boolean isAboutAPerson(String key) {
        return LookupKey.parse(key).kind().entity() == EntityKind.PERSON;
    }

    private static String withoutPerson(String profiles) {
        try {
            JsonNode all = JSON.readTree(profiles.isEmpty() ? "{}" : profiles);
            if (all instanceof ObjectNode object) {
                object.remove(EntityKind.PERSON.id());
            }
            return all.toString();
        } catch (JsonProcessingException unreadable) {
            return "{}";
        }
    }
}
