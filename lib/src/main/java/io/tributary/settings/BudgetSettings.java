package io.tributary.settings;

import io.tributary.yaml.Faults;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.Tree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be spent at all providers together, and on whom first.
 *
 * @param zone whose midnight begins a day
 * @param first a Spark SQL expression over a CRM record, the greatest value being asked first; empty for no order
 */
public record BudgetSettings(CreditCaps caps, ZoneId zone, Optional<String> first) {
    static final ObjectShape SHAPE = CreditCaps.into(
                    Shape.object("What may be spent, and on whom first."),
                    "The most credits that one run may spend at all providers together; no such cap if absent.",
                    "The same of a day, over all runs on this lake.",
                    "The same of a calendar month.")
            .withDefault(
                    "zone",
                    Shape.text(),
                    "UTC",
                    "The time zone whose midnight begins a day and a month, such as Europe/Berlin. Days are those of the"
                            + " run's clock, by which answers are stamped (`--as-of`).")
            .optional(
                    "first",
                    Shape.text(),
                    "Who is asked first where a cap does not reach for all: a Spark SQL expression over a CRM record, the"
                            + " greatest value first and null last, such as cast(amount as double). It may name your own"
                            + " columns and those of the golden tables that hold what the CRM says.");

    public BudgetSettings {
        Objects.requireNonNull(caps, "caps");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(first, "first");
    }

    static void check(Tree tree, Faults faults) {
        tree.find("zone")
                .filter(zone -> zone(zone.text()).isEmpty())
                .ifPresent(zone ->
                        faults.add(zone.fault('"' + zone.text() + "\" is no time zone; write UTC or Europe/Berlin")));
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    static BudgetSettings of(Tree tree) {
        return new BudgetSettings(
                CreditCaps.of(tree),
                zone(tree.text("zone")).orElseThrow(),
                tree.find("first").map(Tree::text));
    }

    /** When the day began in which that instant lies. */
    public Instant dayOf(Instant now) {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    /** When the month began in which that instant lies. */
    public Instant monthOf(Instant now) {
        return now.atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant();
    }
}
