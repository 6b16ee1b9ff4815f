package io.tributary.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.yaml.Fault;
import io.tributary.yaml.FaultsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFaultsTest {

    @TempDir
    Path path;

    private List<String> faults(String pipeline, String... overrides) {
        return SettingsFolder.in(path).faults(pipeline, overrides);
    }

    /** The faults of the good settings with one piece exchanged. */
    private List<String> faultsWith(String good, String bad) {
        if (!SettingsFolder.GOOD.contains(good)) {
            throw new AssertionError("nothing to exchange: " + good);
        }
        return faults(SettingsFolder.GOOD.replace(good, bad));
    }

    @Test
    void theGoodSettingsHaveNone() {
        assertEquals(List.of(), faults(SettingsFolder.GOOD));
    }

    @Test
    void aPriceIsNotNegativeAndACurrencyHasThreeCapitals() {
        assertEquals(
                List.of("--set currency: \"euro\" is not three capital letters such as EUR"),
                faults(SettingsFolder.GOOD, "currency=euro"));
        assertEquals(
                List.of("--set providers.acme.price-per-credit: \"-1\" is not a number from 0 to 1000000"),
                faults(SettingsFolder.GOOD, "providers.acme.price-per-credit=-1"));
    }

    @Test
    void nothingIsRemovedThatARunMayStillNeed() {
        assertEquals(
                List.of("--set retention.time-travel: is shorter than a run may take; write 1d or more"),
                faults(SettingsFolder.GOOD, "retention.time-travel=23h"));
    }

    @Test
    void tellsOfAllFaultsOfAllFilesAtOnce() {
        SettingsFolder folder = SettingsFolder.in(path).write("mappings/people.yaml", """
                        entity: person
                        record-id: Id
                        fields:
                          e-mail: Email
                          title: SSN
                        drop: [SSN]
                        """);

        assertEquals(
                List.of(
                        "pipeline.yaml:2 lake.rooot: is not a known key; did you mean 'root'?",
                        "pipeline.yaml:2 lake: lacks the key 'root': A folder on any file system that Spark can write,"
                                + " or catalog.schema; each table stands under it.",
                        "pipeline.yaml:6 sources[0].format: \"cvs\" is not allowed; did you mean 'csv'?",
                        "pipeline.yaml:11 providers.acme.quota[0].per: \"1 hr\" is not a duration; write 1h",
                        "pipeline.yaml:11 providers.acme: calls a paid service without a cap; add max-credits-per-run:"
                                + " 100, the most credits that one run may spend here",
                        "pipeline.yaml:11 providers.acme: is in no waterfall and would never be asked; name it in"
                                + " waterfall.person or waterfall.company, or write enabled: false",
                        "pipeline.yaml:12 waterfall.persons: is not a known key; did you mean 'person'?",
                        "pipeline.yaml:13 limits.tries: \"0\" is not a whole number from 1 to 10",
                        "mappings/people.yaml:4 fields.e-mail: \"e-mail\" is not allowed; did you mean 'email'?",
                        "mappings/people.yaml:5 fields.title: the column 'SSN' is dropped too; remove it here or from"
                                + " 'drop'"),
                folder.faults("""
                        lake:
                          rooot: lake
                        sources:
                          - name: contacts
                            object: contact
                            format: cvs
                            path: c.csv
                            mapping: people
                        providers:
                          acme:
                            quota: [{calls: 5, per: 1 hr}]
                        waterfall: {persons: [acme]}
                        limits: {tries: 0}
                        """));
    }

    @Test
    void neverShowsWhatMayBeASecret() {
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.keys[0]: the value (not shown here) is not the place of a"
                        + " secret; write env:NAME, file:PATH, exec:COMMAND, aws:NAME, gcp:projects/P/secrets/S or"
                        + " vault:MOUNT/PATH#FIELD, never the secret itself"),
                faultsWith("env:ACME", "sk-live-4711"));
        assertEquals(
                List.of("--set providers.acme.keys[0]: the value (not shown here) is not the place of a secret;"
                        + " write env:NAME, file:PATH, exec:COMMAND, aws:NAME, gcp:projects/P/secrets/S or"
                        + " vault:MOUNT/PATH#FIELD, never the secret itself"),
                faults(SettingsFolder.GOOD, "providers.acme.keys=[sk-live-4711]"));
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.api-key: is not a known key; known here: spec, enabled, keys,"
                        + " account, base-url, max-credits-per-run, max-credits-per-day, max-credits-per-month, quota,"
                        + " quota-scale, max-in-flight, arrives-within, match-rate-guard, price-per-credit, send-when,"
                        + " send-when-unknown, freshness"),
                faultsWith("keys: [env:ACME]", "api-key: sk-live-4711"));
    }

    @Test
    void aSecretManagerNeedsItsModule() {
        String remedy = ": it needs tributary-secrets-aws.jar, which is not on the class path; add it with spark-submit"
                + " --jars tributary-secrets-aws.jar, or for ./tributary with TRIBUTARY_CLASSPATH=tributary-secrets-aws.jar";
        assertEquals(
                List.of(
                        "pipeline.yaml:5 providers.acme.keys[0]: no secret at aws:prod/acme" + remedy,
                        "pipeline.yaml:5 providers.acme.keys[1].client-id: no secret at aws:prod/b#id" + remedy),
                faultsWith("[env:ACME]", "[\"aws:prod/acme\", {client-id: \"aws:prod/b#id\"}]"));
    }

    @Test
    void aPaidProviderNeedsACap() {
        String message = "calls a paid service without a cap; add max-credits-per-run: 100, the most credits that one"
                + " run may spend here";
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme: " + message), faultsWith(", max-credits-per-run: 10", ""));
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme: " + message),
                faultsWith(", max-credits-per-run: 10", ", base-url: 'https://127.0.0.1.example.org'"));
        assertEquals(List.of(), faultsWith(", max-credits-per-run: 10", ", base-url: 'http://localhost:8080/acme'"));
    }

    @Test
    void refusesToExceedAQuotaOutsideThisMachine() {
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.quota-scale: would exceed the provider's quota, which can get a"
                        + " key banned; above 1 is only for a base-url on this machine"),
                faultsWith("max-credits-per-run: 10", "max-credits-per-run: 10, quota-scale: 2"));
    }

    @Test
    void aBaseUrlIsEncryptedOrLocal() {
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.base-url: \"http://api.example.org\" is not encrypted; write"
                        + " https:// (http:// is only for this machine)"),
                faultsWith("max-credits-per-run: 10", "max-credits-per-run: 10, base-url: 'http://api.example.org'"));
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.base-url: \"http://127.0.0.1.example.org\" is not encrypted;"
                        + " write https:// (http:// is only for this machine)"),
                faultsWith(
                        "max-credits-per-run: 10",
                        "max-credits-per-run: 10, base-url: 'http://127.0.0.1.example.org'"));
        assertEquals(
                List.of(
                        "pipeline.yaml:5 providers.acme.base-url: \"api.example.org/v1\" is not a URL; write it in full:"
                                + " https://host/path"),
                faultsWith("max-credits-per-run: 10", "max-credits-per-run: 10, base-url: api.example.org/v1"));
    }

    @Test
    void theWaterfallNamesProvidersOfTheFile() {
        assertEquals(
                List.of(
                        "pipeline.yaml:6 waterfall.person[0]: \"amce\" is no provider of this file; did you mean"
                                + " 'acme'?",
                        "pipeline.yaml:6 waterfall.company[1]: \"acme\" stands here twice; remove one"),
                faultsWith("{person: [acme]}", "{person: [amce], company: [acme, acme]}"));
    }

    @Test
    void aProviderNeedsItsSpec() {
        assertEquals(
                List.of("pipeline.yaml:5 providers.acne: there is no spec providers/acne.yaml; did you mean 'acme'?"),
                faults(SettingsFolder.GOOD.replace("acme", "acne")));
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.spec: there is no spec my/acme.yaml"),
                faultsWith("keys: [env:ACME]", "spec: my/acme.yaml"));
    }

    @Test
    void aSourceNeedsItsMapping() {
        assertEquals(
                List.of("pipeline.yaml:3 sources[0].mapping: there is no mapping mappings/poeple.yaml; did you mean"
                        + " 'people'?"),
                faultsWith("mapping: people", "mapping: poeple"));
        assertEquals(
                List.of("pipeline.yaml:3 sources[0].mapping: describes a company, but the object 'contact' is a person;"
                        + " take another mapping"),
                faultsWith("mapping: people", "mapping: firms"));
        assertEquals(
                List.of("pipeline.yaml:3 sources[0].mapping: lacks the key 'entity', one of person, company"),
                faultsWith("mapping: people", "mapping: {record-id: Id}"));
    }

    @Test
    void sourcesAreToldApart() {
        String twin = "  - {name: contacts, object: contact, format: csv, path: d.csv, mapping: people}\nproviders:";
        assertEquals(
                List.of("pipeline.yaml:4 sources[1].name: \"contacts\" is the name of another source too, on line 3;"
                        + " give each its own"),
                faultsWith("providers:", twin));
        String second =
                "  - {name: d, crm: contacts, object: contact, format: csv, path: d, mapping: people}\nproviders:";
        assertEquals(
                List.of("pipeline.yaml:4 sources[1]: is a second source of contacts of contacts, on line 3; one object"
                        + " of one CRM comes from one source (its path may be a glob)"),
                faultsWith("providers:", second));
    }

    @Test
    void settingsOfAnotherFormatAreRefused() {
        assertEquals(
                List.of(
                        "pipeline.yaml:3 sources[0].delimiter: means something only for csv; remove it or change the"
                                + " format",
                        "pipeline.yaml:3 sources[0].encoding: means something only for csv, jsonl, json; remove it or"
                                + " change the format"),
                faultsWith("format: csv", "format: parquet, delimiter: ';', encoding: UTF-8"));
        assertEquals(
                List.of("pipeline.yaml:3 sources[0].encoding: \"utf8mb4\" is not a character set; write UTF-8,"
                        + " ISO-8859-1 or windows-1252"),
                faultsWith("format: csv", "format: csv, encoding: utf8mb4"));
    }

    @Test
    void sharesAndRulesSayHowToWriteThem() {
        assertEquals(
                List.of("pipeline.yaml:3 sources[0].max-rejects: \"5 percent\" is not a share such as 5%"),
                faultsWith("format: csv", "format: csv, max-rejects: 5 percent"));
        assertEquals(
                List.of(
                        "pipeline.yaml:7 merge.person.nmae.first: \"nmae.first\" is not allowed; did you mean 'name.first'?",
                        "pipeline.yaml:7 merge.person.title: 'fil-empty' is no merge rule; did you mean 'fill-empty'?"),
                faults(SettingsFolder.GOOD + "merge: {person: {title: fil-empty, nmae.first: never}}\n"));
    }

    @Test
    void aMeasuredOrderNamesItsProvidersAndOnlyItHasSuchKeys() {
        assertEquals(
                List.of(
                        "pipeline.yaml:5 providers.acme: is in no waterfall and would never be asked; name it in"
                                + " waterfall.person or waterfall.company, or write enabled: false",
                        "pipeline.yaml:6 waterfall.person.order: 'auto' does not say whom to ask; name the providers under"
                                + " among: [...]"),
                faultsWith("waterfall: {person: [acme]}", "waterfall: {person: {order: auto}}"));
        assertEquals(
                List.of(
                        "pipeline.yaml:6 waterfall.company.explore: \"2\" is not a number from 0 to 1",
                        "pipeline.yaml:6 waterfall.person.explore: belongs to order: auto, and here the order is written by"
                                + " hand; remove it",
                        "pipeline.yaml:6 waterfall.company.among[0]: \"amce\" is no provider of this file; did you mean"
                                + " 'acme'?"),
                faultsWith(
                        "waterfall: {person: [acme]}",
                        "waterfall: {person: {order: [acme], explore: 0.1}, company: {order: auto, among: [amce],"
                                + " explore: 2}}"));
        assertEquals(
                List.of("pipeline.yaml:6 waterfall.person.order: \"atuo\" is not allowed; did you mean 'auto'?"),
                faultsWith(
                        "waterfall: {person: [acme]}",
                        "waterfall: {company: [acme], person: {order: atuo, among: [acme]}}"));
    }

    @Test
    void whatIsWantedIsHeldToTheFieldsAndToTheWordsOfItsRules() {
        assertEquals(
                List.of(
                        "pipeline.yaml:6 waterfall.person.wants.titel: \"titel\" is not allowed; did you mean 'title'?",
                        "pipeline.yaml:6 waterfall.person.wants.email: 'abvoe' is no word of an acceptance rule; did you"
                                + " mean 'above'?",
                        "pipeline.yaml:6 waterfall.person.wants.phone: 'max-age' takes a duration, such as max-age 180d,"
                                + " not 'old'",
                        "pipeline.yaml:6 waterfall.person.order[0]: \"amce\" is no provider of this file; did you mean"
                                + " 'acme'?"),
                faultsWith(
                        "waterfall: {person: [acme]}",
                        "waterfall: {company: [acme], person: {order: [amce], wants: {titel: any, email: abvoe,"
                                + " phone: max-age old}}}"));
        assertEquals(
                List.of(
                        "pipeline.yaml:5 providers.acme: is in no waterfall and would never be asked; name it in"
                                + " waterfall.person or waterfall.company, or write enabled: false",
                        "pipeline.yaml:6 waterfall.person: lacks the key 'order': Providers, the first to ask first; or"
                                + " auto."),
                faultsWith("waterfall: {person: [acme]}", "waterfall: {person: {wants: {title: any}}}"));
    }

    @Test
    void aCatalogNeedsAFolderForFiles() {
        assertEquals(
                List.of("pipeline.yaml:1 lake.root: is a catalog, which holds tables only; add lake.files, a folder for"
                        + " the journal, the run lock and checkpoints (a path is written ./main.crm)"),
                faultsWith("root: lake", "root: main.crm"));
    }

    @Test
    void theLongestWaitIsNotTheShortest() {
        assertEquals(
                List.of("pipeline.yaml:7 limits.backoff-cap: is shorter than backoff-base; make it the longer one"),
                faults(SettingsFolder.GOOD + "limits: {backoff-base: 10s, backoff-cap: 5s}\n"));
    }

    @Test
    void aProxyHoldsNoPassword() {
        assertEquals(
                List.of("pipeline.yaml:7 http.proxy: the value (not shown here) is not a proxy; write http://host:port,"
                        + " without user and password"),
                faults(SettingsFolder.GOOD + "http: {proxy: 'http://me:hunter2@proxy:3128'}\n"));
        assertEquals(
                List.of("pipeline.yaml:7 http.ca-bundle: there is no such file"),
                faults(SettingsFolder.GOOD + "http: {ca-bundle: nowhere.pem}\n"));
    }

    @Test
    void faultsOfOverridesNameTheCommandLine() {
        assertEquals(
                List.of(
                        "--set needs path=value, such as journal.max-age=2s",
                        "--set sources[contcats].path: no item of the list has the name 'contcats'; did you mean"
                                + " 'contacts'?",
                        "--set sources[3].path: the list has 1 items, the first is [0]",
                        "--set sources[0].format.x: has nothing below it: 'x' does not fit a single value",
                        "--set limitz: is not a known key; did you mean 'limits'?",
                        "--set journal.max-age: \"2 sec\" is not a duration; write 2s"),
                faults(
                        SettingsFolder.GOOD,
                        "nonsense",
                        "sources[contcats].path=x",
                        "sources[3].path=x",
                        "sources[0].format.x=y",
                        "limitz.tries=4",
                        "journal.max-age=2 sec"));
    }

    @Test
    void aRuleIsSilentWhereTheValueItselfIsAtFault() {
        assertEquals(
                List.of("pipeline.yaml:5 providers.acme.max-credits-per-run: \"ten\" is not a number of at least 0"),
                faultsWith("max-credits-per-run: 10", "max-credits-per-run: ten"));
    }

    @Test
    void aFileOfAnotherKindIsOneFault() {
        assertEquals(List.of("pipeline.yaml:1 must be a mapping, but is a list"), faults("[a, b]"));
    }

    @Test
    void aMissingFileIsAFault() {
        assertEquals(List.of("pipeline.yaml there is no such file"), faultsOf(path.resolve("pipeline.yaml")));
    }

    private static List<String> faultsOf(Path file) {
        try {
            Settings.load(file, List.of());
            return List.of();
        } catch (FaultsException e) {
            return e.getMessage().lines().toList();
        }
    }

    @Test
    void faultsOfSpecsComeWithTheOthers() {
        SettingsFolder folder =
                SettingsFolder.in(path).write("pipeline.yaml", SettingsFolder.GOOD.replace("env:ACME", "nonsense"));
        try {
            Settings.load(
                    folder.path(),
                    List.of(),
                    (file, name, faults) -> faults.add(new Fault(name, 1, "auth", "is missing")));
            throw new AssertionError("it loaded");
        } catch (FaultsException e) {
            assertEquals(
                    List.of("pipeline.yaml", "providers/acme.yaml"),
                    e.faults().stream().map(Fault::file).toList());
        }
    }

    @Test
    void theDayOfABudgetNeedsATimeZoneThatThereIs() {
        assertEquals(
                List.of("--set budget.zone: \"Berlin\" is no time zone; write UTC or Europe/Berlin"),
                faults(SettingsFolder.GOOD, "budget.zone=Berlin"));
    }
}
