package io.tributary.jobs.run;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.jobs.plan.MeasuredPast;
import io.tributary.jobs.plan.Stage;
import io.tributary.model.EntityKind;
import io.tributary.order.AutoOrder;
import io.tributary.provider.Operation;
import io.tributary.settings.ProviderSettings;
import io.tributary.settings.Settings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From settings and history to what a plan needs to know of the providers' past. */
final class MeasuredOrders {
    private final Settings settings;
    private final ShippedCatalog catalog;

    MeasuredOrders(Settings settings, ShippedCatalog catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    /** What history says of the providers that a run may ask. */
    MeasuredPast past(Dataset<Row> history, Dataset<Row> records, Instant asOf, Stage stage) {
        Map<EntityKind, Map<String, Double>> listed = new EnumMap<>(EntityKind.class);
        for (EntityKind entity : EntityKind.values()) {
            Map<String, Double> prices = new TreeMap<>();
            catalog.waterfall(entity).forEach(provider -> prices.put(provider, listed(provider, entity)));
            listed.put(entity, prices);
        }
        return MeasuredPast.of(history, records, listed, catalog.wanted(), asOf, stage);
    }

    private double listed(String provider, EntityKind entity) {
        return catalog.spec(provider).operations().stream()
                .filter(operation -> operation.entity() == entity)
                .mapToDouble(Operation::worstCaseCredits)
                .max()
                .orElse(0);
    }

    /** The orders of the entities that have {@code order: auto}. */
    Map<EntityKind, AutoOrder> orders(MeasuredPast past, Instant asOf) {
        Map<EntityKind, AutoOrder> orders = new EnumMap<>(EntityKind.class);
        long night = asOf.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        settings.explored()
                .forEach((entity, share) ->
                        orders.put(entity, new AutoOrder(past.of(entity), prices(entity), share, night)));
        return orders;
    }

    /** Credits of several providers compare by money only where each has a price. */
    private Map<String, Double> prices(EntityKind entity) {
        List<String> asked = catalog.waterfall(entity);
        Map<String, Double> prices = new TreeMap<>();
        for (String name : asked) {
            ProviderSettings provider = settings.providers().get(name);
            provider.pricePerCredit().ifPresent(price -> prices.put(name, price.doubleValue()));
        }
        return prices.size() == asked.size() ? prices : Map.of();
    }
}
