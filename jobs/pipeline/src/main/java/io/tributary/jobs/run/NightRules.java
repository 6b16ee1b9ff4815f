package io.tributary.jobs.run;

import io.tributary.jobs.ask.ShippedCatalog;
import io.tributary.journal.EntryKeys;
import io.tributary.mapping.ColumnMapping;
import io.tributary.model.EntityKind;
import io.tributary.settings.ProviderSettings;
import io.tributary.settings.Settings;
import io.tributary.settings.SourceSettings;
import io.tributary.wanted.WantedFields;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whatever plans and merges go by besides records, answers and the time. When it changes, a night looks at all records. */
final class NightRules {
    /** To be raised when the program makes something else of the same, and no setting of it has changed. */
    private static final int VERSION = 1;

    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "\\b(current_\\w+|now|curdate|localtimestamp|rand|randn|random|uuid|unix_timestamp)\\b",
            Pattern.CASE_INSENSITIVE);

    private NightRules() {}

    /** A hash of them. */
    static String hash(Settings settings, Wiring wiring, ShippedCatalog catalog) {
        StringBuilder text = new StringBuilder();
        line(text, VERSION, Optional.ofNullable(NightRules.class.getPackage().getImplementationVersion()));
        line(text, settings.allowTestHosts(), wiring.withheld(), settings.unknownOutcome());
        settings.sources().forEach(source -> line(text, text(source)));
        new TreeMap<>(settings.providers()).values().forEach(provider -> line(text, text(provider, catalog)));
        for (EntityKind entity : EntityKind.values()) {
            line(text, entity, settings.waterfall().get(entity), catalog.waterfall(entity));
            line(text, settings.explored().get(entity));
            WantedFields wanted = settings.wanted().of(entity);
            wanted.fields().forEach(field -> line(text, field, wanted.rule(field)));
        }
        line(text, settings.merge().text());
        return EntryKeys.hash(text.toString());
    }

    /** The settings of which what they say may change from one night to the next; empty if none does. */
    static Optional<String> ofTheMoment(Settings settings) {
        return settings.providers().values().stream()
                .filter(provider -> provider.sendWhen()
                        .filter(condition -> OF_THE_MOMENT.matcher(condition).find())
                        .isPresent())
                .map(provider -> "providers." + provider.name() + ".send-when")
                .findFirst();
    }

    private static String text(SourceSettings source) {
        ColumnMapping mapping = source.mapping();
        StringBuilder text = new StringBuilder();
        line(text, source.name(), source.crm(), source.object(), source.format(), source.full(), source.records());
        line(text, source.encoding(), source.delimiter(), mapping.recordId(), mapping.accountId());
        line(text, mapping.modifiedAt(), new TreeMap<>(mapping.fields()), new TreeMap<>(mapping.identifiers()));
        line(text, mapping.lifeCycle(), new TreeMap<>(mapping.types()), new TreeSet<>(mapping.drop()));
        return text.toString();
    }

    private static String text(ProviderSettings provider, ShippedCatalog catalog) {
        StringBuilder text = new StringBuilder();
        line(text, provider.name(), provider.freshness(), provider.sendWhen(), provider.sendsUnknown());
        Optional.ofNullable(catalog.texts().get(provider.name()))
                .ifPresent(shipped -> line(text, shipped.reAsk(), shipped.text()));
        return text.toString();
    }

    private static void line(StringBuilder text, Object... parts) {
        for (Object part : parts) {
            text.append(part).append('\u0001');
        }
        text.append('\n');
    }
}
