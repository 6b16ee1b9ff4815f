package io.tributary.order;

import io.tributary.model.KeyKind;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the providers of one waterfall found and cost, by segment. An estimate for a segment starts from what is true of the kind
 * of key, that from what is true of the provider, and that from even odds at the listed price: so a segment that was hardly
 * asked about is judged as the rest of its kind. Immutable and thread-safe; ships to executors.
 */
public final class HitRates implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A plan carries them to every task, and beyond these are only a few asks each. */
    private static final int SEGMENTS = 500;

    private final TreeMap<String, Double> listed;
    private final HashMap<String, Past> pasts = new HashMap<>();

    /**
     * Counts of one provider in one segment.
     *
     * @param provider its name
     */
    public record Count(String provider, Segment segment, Tally tally) {}

    /** One provider's: in all, by kind of key, and by segment. */
    private record Past(Tally all, HashMap<KeyKind, Tally> kinds, HashMap<Segment, Tally> segments)
            implements Serializable {
        static final Past NONE = new Past(Tally.NONE, new HashMap<>(), new HashMap<>());

        Past and(Count count) {
            HashMap<KeyKind, Tally> byKind = new HashMap<>(kinds);
            byKind.merge(count.segment().kind(), count.tally(), Tally::plus);
            HashMap<Segment, Tally> bySegment = new HashMap<>(segments);
            bySegment.merge(count.segment(), count.tally(), Tally::plus);
            return new Past(all.plus(count.tally()), byKind, bySegment);
        }
    }

    /**
     * @param listed by provider the most credits that an ask can cost: what is expected where history tells nothing
     * @param counts in any order; those of providers that are not listed are passed over. The 500 segments that were asked about
     *     most are counted by themselves, and the others as one of each kind
     */
    public HitRates(Map<String, Double> listed, Collection<Count> counts) {
        this.listed = new TreeMap<>(listed);
        List<Count> ours = counts.stream()
                .filter(count -> listed.containsKey(count.provider()))
                .toList();
        Set<Segment> common = common(ours);
        for (Count count : ours) {
            Segment segment = common.contains(count.segment())
                    ? count.segment()
                    : new Segment(count.segment().kind(), Segment.OTHER, Segment.OTHER);
            pasts.put(
                    count.provider(), past(count.provider()).and(new Count(count.provider(), segment, count.tally())));
        }
    }

    private static Set<Segment> common(List<Count> counts) {
        Map<Segment, Long> asked = new HashMap<>();
        counts.forEach(count -> asked.merge(count.segment(), count.tally().asked(), Long::sum));
        return asked.entrySet().stream()
                .sorted(Map.Entry.<Segment, Long>comparingByValue().reversed().thenComparing(segment -> segment.getKey()
                        .text()))
                .limit(SEGMENTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Past past(String provider) {
        return pasts.getOrDefault(provider, Past.NONE);
    }

    /** Whether that provider was ever asked. */
    public boolean knows(String provider) {
        return past(provider).all().asked() > 0;
    }

    /** How many answers of that provider about that segment are counted. */
    public long asked(String provider, Segment segment) {
        return past(provider).segments().getOrDefault(segment, Tally.NONE).asked();
    }

    /**
     * What to expect of that provider about a subject of that segment.
     *
     * @throws IllegalArgumentException if it is not listed
     */
    public Estimate estimate(String provider, Segment segment) {
        Double price = listed.get(provider);
        if (price == null) {
            throw new IllegalArgumentException("no provider is called " + provider);
        }
        Past past = past(provider);
        return Estimate.beforehand(price)
                .after(past.all())
                .after(past.kinds().getOrDefault(segment.kind(), Tally.NONE))
                .after(past.segments().getOrDefault(segment, Tally.NONE));
    }
}
