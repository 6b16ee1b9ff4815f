package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far the keys collapse on published data whose truth is known, and that they never join two subjects. */
class KeysOfRealDataTest {
    private static final Identify IDENTIFY = Identify.standard(new Options(false));
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();
    private static final Identify WITH_TEST_HOSTS = Identify.standard(new Options(true));

    private static RawSubject subject(EntityKind entity, Map<String, String> row, Map<RawField, String> columns) {
        Map<RawField, String> values = new EnumMap<>(RawField.class);
        columns.forEach((field, column) -> values.put(field, row.get(column)));
        return new RawSubject(entity, values);
    }

    /** The truths that stand behind each key. */
    private static Map<LookupKey, List<String>> truthsByKey(
            List<Map<String, String>> rows,
            Function<Map<String, String>, RawSubject> subject,
            Function<Map<String, String>, String> truth) {
        Map<LookupKey, List<String>> truths = new HashMap<>();
        for (Map<String, String> row : rows) {
            IDENTIFY.of(subject.apply(row)).key().ifPresent(key -> truths.computeIfAbsent(
                            key, none -> new ArrayList<>())
                    .add(truth.apply(row)));
        }
        return truths;
    }

    private static long wronglyJoined(Map<LookupKey, List<String>> truths) {
        return truths.values().stream()
                .mapToLong(group -> pairs(group.size()) - rightPairs(group))
                .sum();
    }

    private static long rightlyJoined(Map<LookupKey, List<String>> truths) {
        return truths.values().stream()
                .mapToLong(KeysOfRealDataTest::rightPairs)
                .sum();
    }

    private static long rightPairs(Collection<String> group) {
        Map<String, Integer> counts = new HashMap<>();
        group.forEach(truth -> counts.merge(truth, 1, Integer::sum));
        return counts.values().stream().mapToLong(KeysOfRealDataTest::pairs).sum();
    }

    private static long pairs(long size) {
        return size * (size - 1) / 2;
    }

    private static void report(String set, Map<LookupKey, List<String>> truths) {
        Figures.put(
                set + ".rows_with_key",
                truths.values().stream().mapToInt(List::size).sum());
        Figures.put(set + ".keys", truths.size());
        Figures.put(set + ".pairs_rightly_joined", rightlyJoined(truths));
        Figures.put(set + ".pairs_wrongly_joined", wronglyJoined(truths));
    }

    @Test
    void noTwoCompaniesOfThePatentOfficeShareAKey() {
        Map<String, String> companyOf = new HashMap<>();
        List<Map<String, String>> reference = TestData.csv("company-names-patstat/patstat_reference.csv");
        reference.forEach(row -> companyOf.put(row.get("person_id"), row.get("leuven_id")));
        Map<LookupKey, List<String>> names = truthsByKey(
                reference,
                row -> subject(EntityKind.COMPANY, row, Map.of(RawField.COMPANY_NAME, "person_name")),
                row -> row.get("leuven_id"));
        Map<LookupKey, List<String>> inputs = truthsByKey(
                TestData.csv("company-names-patstat/patstat_input.csv"),
                row -> subject(EntityKind.COMPANY, row, Map.of(RawField.COMPANY_NAME, "Name")),
                row -> companyOf.get(row.get("person_id")));
        report("patstat.reference", names);
        report("patstat.input", inputs);
        assertEquals(2_379, reference.size());
        assertEquals(0, wronglyJoined(names));
        assertEquals(0, wronglyJoined(inputs));
        assertTrue(rightlyJoined(names) > 90_000, "collapsed pairs: " + rightlyJoined(names));
        assertTrue(rightlyJoined(inputs) > 87_000, "collapsed pairs: " + rightlyJoined(inputs));
    }

    @Test
    void noTwoOriginalPeopleShareAKey() {
        for (String file : List.of("dataset1", "dataset2")) {
            List<Map<String, String>> rows = TestData.csv("febrl/" + file + ".csv");
            List<Map<String, String>> originals = rows.stream()
                    .filter(row -> row.get("rec_id").endsWith("-org"))
                    .toList();
            Map<RawField, String> asTheyStand =
                    Map.of(RawField.FIRST_NAME, "given_name", RawField.LAST_NAME, "surname", RawField.CITY, "suburb");
            assertEquals(
                    Map.of(),
                    truthsByKey(rows, row -> subject(EntityKind.PERSON, row, asTheyStand), row -> row.get("rec_id")),
                    "a name and a town are nobody's key");

            Map<RawField, String> withEmployer = Map.of(
                    RawField.FIRST_NAME, "given_name", RawField.LAST_NAME, "surname", RawField.COMPANY_NAME, "suburb");
            Map<LookupKey, List<String>> keys = truthsByKey(
                    originals, row -> subject(EntityKind.PERSON, row, withEmployer), row -> row.get("rec_id"));
            assertTrue(keys.size() > originals.size() * 9 / 10, "keys: " + keys.size());
            assertEquals(0, wronglyJoined(keys));
            Map<LookupKey, List<String>> all =
                    truthsByKey(rows, row -> subject(EntityKind.PERSON, row, withEmployer), row -> row.get("rec_id")
                            .split("-")[1]);
            report("febrl." + file, all);
            assertEquals(0, wronglyJoined(all));
        }
    }

    @Test
    void noTwoClustersOfPeopleShareAKey() {
        List<Map<String, String>> rows = TestData.csv("splink-fake1000/fake_1000.csv");
        Map<RawField, String> columns = Map.of(
                RawField.FIRST_NAME, "first_name",
                RawField.LAST_NAME, "surname",
                RawField.CITY, "city",
                RawField.EMAIL, "email");
        Map<LookupKey, List<String>> keys =
                truthsByKey(rows, row -> subject(EntityKind.PERSON, row, columns), row -> row.get("cluster"));
        Map<String, Set<LookupKey>> keysOfCluster = new HashMap<>();
        keys.forEach((key, clusters) -> clusters.forEach(cluster ->
                keysOfCluster.computeIfAbsent(cluster, none -> new HashSet<>()).add(key)));
        report("splink", keys);
        Figures.put("splink.clusters", keysOfCluster.size());
        Figures.put(
                "splink.clusters_with_one_key",
                keysOfCluster.values().stream()
                        .filter(found -> found.size() == 1)
                        .count());
        assertEquals(0, wronglyJoined(keys));
        assertTrue(keys.size() < 450, "keys: " + keys.size());
    }

    @Test
    void listedCompaniesAreJoinedOnlyWhereTheirNamesAreTheSame() {
        List<Map<String, String>> rows = Stream.of("GER", "PAR", "AMS")
                .flatMap(file -> TestData.csv("listed-companies/" + file + ".csv").stream())
                .toList();
        Map<LookupKey, List<String>> byName = truthsByKey(
                rows.stream().filter(row -> !row.get("website").isEmpty()).toList(),
                row -> subject(EntityKind.COMPANY, row, Map.of(RawField.COMPANY_NAME, "name")),
                row -> HostName.ofUrl(row.get("website"))
                        .flatMap(SUFFIXES::registrableDomain)
                        .orElse(""));
        report("listed_companies.by_name", byName);
        Map<LookupKey, List<String>> byDomain = truthsByKey(
                rows,
                row -> subject(
                        EntityKind.COMPANY, row, Map.of(RawField.COMPANY_NAME, "name", RawField.WEBSITE, "website")),
                row -> row.get("isin"));
        Figures.put("listed_companies.rows", rows.size());
        Figures.put("listed_companies.keys", byDomain.size());
        List<String> joined = byName.entrySet().stream()
                .filter(entry -> new HashSet<>(entry.getValue()).size() > 1)
                .map(entry -> entry.getKey().value())
                .sorted()
                .toList();
        assertEquals(
                List.of("claranova se", "mercedes benz group"),
                joined,
                "only lines with the very same name, to which the files give two sites");
    }

    @Test
    void countsTheKeysOfGeneratedCrmRows() {
        Map<String, Map<RawField, String>> columnsOf = new TreeMap<>(Map.of(
                "customers",
                Map.of(
                        RawField.FIRST_NAME, "First Name",
                        RawField.LAST_NAME, "Last Name",
                        RawField.COMPANY_NAME, "Company",
                        RawField.COUNTRY, "Country",
                        RawField.PHONE, "Phone 1",
                        RawField.SECOND_PHONE, "Phone 2",
                        RawField.EMAIL, "Email",
                        RawField.WEBSITE, "Website"),
                "leads",
                Map.of(
                        RawField.FIRST_NAME, "First Name",
                        RawField.LAST_NAME, "Last Name",
                        RawField.COMPANY_NAME, "Company",
                        RawField.PHONE, "Phone 1",
                        RawField.SECOND_PHONE, "Phone 2",
                        RawField.EMAIL, "Email 1",
                        RawField.SECOND_EMAIL, "Email 2",
                        RawField.WEBSITE, "Website"),
                "organizations",
                Map.of(RawField.COMPANY_NAME, "Name", RawField.WEBSITE, "Website", RawField.COUNTRY, "Country")));
        columnsOf.forEach((file, columns) -> {
            EntityKind entity = file.equals("organizations") ? EntityKind.COMPANY : EntityKind.PERSON;
            List<RawSubject> subjects = TestData.csv("datablist/" + file + "-10000.csv").stream()
                    .map(row -> subject(entity, row, columns))
                    .toList();
            count("datablist." + file, IDENTIFY, subjects);
            long withKey = subjects.stream()
                    .filter(row -> IDENTIFY.of(row).key().isPresent())
                    .count();
            assertEquals(2_000, withKey, file);
        });
    }

    @Test
    void recordIdsOfAnExportAreNeverSentAsCompanies() {
        Map<RawField, String> columns = Map.of(
                RawField.FIRST_NAME, "FirstName",
                RawField.LAST_NAME, "LastName",
                RawField.FULL_NAME, "Name",
                RawField.COMPANY_NAME, "Company",
                RawField.PHONE, "Phone",
                RawField.EMAIL, "Email",
                RawField.COUNTRY, "Country");
        List<RawSubject> leads = TestData.csv("salesforce/Lead.csv").stream()
                .map(row -> subject(EntityKind.PERSON, row, columns))
                .toList();
        count("salesforce.leads", IDENTIFY, leads);
        count("salesforce.leads_with_test_hosts", WITH_TEST_HOSTS, leads);
        for (RawSubject lead : leads) {
            Identity identity = WITH_TEST_HOSTS.of(lead);
            boolean id = CrmIds.looksLikeCrmId(lead.raw(RawField.COMPANY_NAME));
            assertEquals(id, identity.reasons().contains("company: crm_id"));
            assertTrue(identity.key().isPresent());
            assertTrue(identity.inputs().values().values().stream().noneMatch(CrmIds::looksLikeCrmId));
        }
    }

    private static void count(String set, Identify identify, List<RawSubject> subjects) {
        Set<LookupKey> keys = new HashSet<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (RawSubject subject : subjects) {
            Identity identity = identify.of(subject);
            Optional<LookupKey> key = identity.key();
            key.ifPresent(keys::add);
            counts.merge(key.map(found -> "key." + found.kind().id()).orElse("no_key"), 1, Integer::sum);
            counts.merge("all_keys", identity.aliases().size() + (key.isPresent() ? 1 : 0), Integer::sum);
            identity.reasons().forEach(reason -> counts.merge("reason." + reason.replace(": ", "."), 1, Integer::sum));
        }
        Figures.put(set + ".rows", subjects.size());
        Figures.put(set + ".keys", keys.size());
        counts.forEach((name, value) -> Figures.put(set + "." + name, value));
    }
}
