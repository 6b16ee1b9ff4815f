package io.tributary.jobs.privacy;

import io.tributary.jobs.SparkTest;
import io.tributary.jobs.StoppedException;
import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.LakeTable;
import io.tributary.jobs.table.TableRef;
import io.tributary.model.EntityKind;
import io.tributary.model.LookupKey;
import io.tributary.privacy.Identifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is meant by an identifier, among people who share some. */
@Tag("long")
class PersonSearchTest extends SparkTest {
    private static final Set<String> ADA = Set.of("crm/contact/0031ADA", "crm/lead/0099ADA");

    @TempDir
    Path dir;

    private LakeTable contacts;

    @BeforeEach
    void fill() {
        contacts = new Lake(name -> new TableRef(dir.resolve(name).toString())).golden(EntityKind.PERSON);
        contacts.ensure(spark());
        contacts.appendAll(contacts.read(spark()).limit(0).unionByName(spark().sql(ErasureTest.PEOPLE), true));
    }

    private PersonSearch.Found find(String... whom) {
        try (PersonSearch search = new PersonSearch(spark(), contacts)) {
            return search.find(Arrays.stream(whom).map(Identifier::parse).toList());
        }
    }

    @Test
    void onePersonIsFoundByAnyOfTheirNamesAndNobodyElseIs() {
        for (String name : List.of(
                "ADA@engines.co.uk",
                "linkedin.com/in/ada-king",
                "phone:+44 20 7183 8750",
                "crm-id:0099ADA",
                "crm-id:crm/contact/0031ADA")) {
            PersonSearch.Found found = find(name);

            Assertions.assertEquals(ADA, found.records(), name);
            Assertions.assertEquals(
                    Set.of(
                            "email:ada@engines.co.uk",
                            "linkedin_person:ada-king",
                            "phone:+442071838750|ada king",
                            "name_company:ada king|engines.co.uk"),
                    found.traces().keys());
            Assertions.assertFalse(
                    found.suppressed()
                            .contains(LookupKey.parse("name_company:ada king|engines.co.uk")
                                    .hash()),
                    "a namesake would be kept out too");
            Assertions.assertEquals(5, found.suppressed().size());
        }
    }

    @Test
    void aLineThatColleaguesShareNamesNobody() {
        StoppedException refusal =
                Assertions.assertThrows(StoppedException.class, () -> find("phone:+44 20 7183 8759"));

        Assertions.assertTrue(
                refusal.getMessage().startsWith("a phone that was given is that of 2 people"), refusal.getMessage());
    }

    @Test
    void whoHasNoRecordIsKeptOutAllTheSame() {
        PersonSearch.Found found = find("eve@engines.co.uk", "crm-id:none");

        Assertions.assertEquals(Set.of(), found.records());
        Assertions.assertEquals(1, found.unknown());
        Assertions.assertEquals(
                Set.of(LookupKey.parse("email:eve@engines.co.uk").hash()), found.suppressed());
    }

    @Test
    void anAddressThatAProviderTookFromSomebodyElseIsNotFollowed() {
        contacts.delta(spark()).updateExpr("_crm_id = '0032'", java.util.Map.of("email", "'ada@engines.co.uk'"));

        Assertions.assertEquals(
                Set.of("crm/contact/0032"), find("bob@engines.co.uk").records());
        Assertions.assertFalse(find("bob@engines.co.uk").traces().isKey("email:ada@engines.co.uk"));
    }
}
