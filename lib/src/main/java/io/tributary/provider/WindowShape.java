package io.tributary.provider;

import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/** How a file writes a {@link QuotaWindow}: in a provider's own and in a pipeline's. */
public final class WindowShape {
    private static final Duration DAY = Duration.ofDays(1);

    public static final ObjectShape WINDOW = Shape.object("A bound on calls.")
            .required("calls", Shape.integer(1, Integer.MAX_VALUE), "The most calls inside one window.")
            .required("per", Shape.duration(), "The window's length.")
            .withDefault("per-endpoint", Shape.flag(), "false", "Whether each endpoint has a window of its own.")
            .withDefault(
                    "per-key",
                    Shape.flag(),
                    "false",
                    "Whether each key of a rotation set has a window of its own; else the account has one.")
            .withDefault(
                    "counts",
                    Shape.oneOf("calls", "items"),
                    "calls",
                    "Whether a batch counts once or as many times as it has items.")
            .withDefault(
                    "refused",
                    Shape.oneOf("counts", "free"),
                    "counts",
                    "Whether a call that is refused for the rate counts in the window.")
            .withDefault(
                    "renews",
                    Shape.oneOf(Renewal.Kind.class),
                    "sliding",
                    "How it gets room again: call by call (sliding), a length after its first call (first-call), at midnight"
                            + " and each length after (clock), or on the first of the month (month, with per: 30d).")
            .withDefault("zone", Shape.text(), "UTC", "Whose midnight that is: a name such as Europe/Paris.");

    private WindowShape() {}

    /** The rules between its words. */
    public static void check(Tree window, Faults faults) {
        window.find("per")
                .filter(per -> per.duration().isZero())
                .ifPresent(per -> faults.add(per.fault("is no time at all; write 1s")));
        window.find("zone")
                .filter(zone -> !isZone(zone.text()))
                .ifPresent(zone -> faults.add(zone.fault(
                        "\"" + zone.text() + "\" is no time zone; write UTC or a name such as America/New_York")));
        Renewal.Kind kind = window.find("renews").map(WindowShape::kind).orElse(Renewal.Kind.SLIDING);
        window.find("per")
                .filter(per -> !per.duration().isZero())
                .filter(per -> kind == Renewal.Kind.CLOCK && !partsADay(per.duration()))
                .ifPresent(
                        per -> faults.add(per.fault("does not part a day evenly, so midnight can't renew it; write 1h,"
                                + " 1d, or renews: sliding")));
        window.find("per")
                .filter(per -> kind == Renewal.Kind.MONTH && !isMonth(per.duration()))
                .ifPresent(per -> faults.add(per.fault("is no month; write 30d")));
        if (window.isGiven("zone") && (kind == Renewal.Kind.SLIDING || kind == Renewal.Kind.FIRST_CALL)) {
            faults.add(window.at("zone")
                    .fault("says nothing where no clock renews the window; add renews: clock or leave it out"));
        }
    }

    private static boolean partsADay(Duration per) {
        return per.compareTo(DAY) <= 0 && DAY.toMillis() % Math.max(1, per.toMillis()) == 0;
    }

    private static boolean isMonth(Duration per) {
        return per.toDays() >= 28 && per.toDays() <= 31;
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private static Renewal.Kind kind(Tree word) {
        return Renewal.Kind.valueOf(SpecWords.constant(word.text()));
    }

    /** Reads a window that has been checked. */
    public static QuotaWindow read(Tree window) {
        return new QuotaWindow(
                Math.toIntExact(window.integer("calls")),
                window.duration("per"),
                window.flag("per-endpoint"),
                window.flag("per-key"),
                window.text("counts").equals("items"),
                window.text("refused").equals("counts"),
                new Renewal(
                        kind(window.at("renews")),
                        ZoneId.of(window.text("zone")).normalized()));
    }
}
