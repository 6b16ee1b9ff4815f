package io.tributary.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.model.EntityKind;
import io.tributary.yaml.Faults;
import io.tributary.yaml.Tree;
import io.tributary.yaml.YamlFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnMappingTest {

    private static ColumnMapping shipped(String name) {
        Faults faults = new Faults();
        Path file = Path.of("../conf/mappings/" + name + ".yaml");
        Tree tree = MappingShape.SHAPE.check(YamlFile.read(file, faults).orElseThrow(), faults);
        MappingShape.check(tree, faults);
        faults.throwIfAny();
        return MappingShape.read(tree);
    }

    @Test
    void readsEveryPartOfAMapping() {
        Faults faults = new Faults();
        Tree tree =
                MappingShape.SHAPE.check(YamlFile.read("m.yaml", """
                                entity: person
                                record-id: [Id, "Record ID"]
                                account-id: Account
                                modified-at: Changed
                                fields: {email: [Mail, E-Mail]}
                                identifiers: {second-email: Other}
                                life-cycle:
                                  deleted: IsDeleted
                                  converted: [A, B]
                                  merged-into: Master
                                  merged-ids: Merged
                                  bounced: {columns: Status, true-values: [bounced, gone]}
                                types: {Score: double}
                                drop: [Born]
                                """, faults).orElseThrow(), faults);
        faults.throwIfAny();

        assertEquals(
                new ColumnMapping(
                        EntityKind.PERSON,
                        List.of("Id", "Record ID"),
                        List.of("Account"),
                        List.of("Changed"),
                        Map.of("email", List.of("Mail", "E-Mail")),
                        Map.of("second_email", List.of("Other")),
                        new LifeCycle(
                                new LifeCycle.Flag(List.of("IsDeleted"), List.of()),
                                new LifeCycle.Flag(List.of("A", "B"), List.of()),
                                List.of("Master"),
                                List.of("Merged"),
                                new LifeCycle.Flag(List.of(), List.of()),
                                new LifeCycle.Flag(List.of("Status"), List.of("bounced", "gone"))),
                        Map.of("Score", ColumnType.DOUBLE),
                        Set.of("Born")),
                MappingShape.read(tree));
    }

    @Test
    void theSalesforceMappingDropsIdentityNumbers() {
        Set<String> drop = shipped("salesforce-contact").drop();

        assertTrue(
                drop.containsAll(List.of("SSN__c", "Passport_ID__c", "Birthdate", "Member_ID__c", "Employee_ID__c")));
        // Where people of that export typed social security numbers and other people's addresses.
        assertTrue(drop.containsAll(List.of("AssistantName", "Description")));
    }

    @Test
    void survivesTheTripToAnExecutor() throws IOException, ClassNotFoundException {
        ColumnMapping mapping = shipped("salesforce-contact");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mapping);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(mapping, in.readObject());
        }
    }

    @Test
    void moreColumnsCanBeDropped() {
        ColumnMapping mapping = shipped("gov-domains").alsoDropping(List.of("City"));

        assertEquals(List.of("Security contact email", "City"), List.copyOf(mapping.drop()));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "Yes,true", "2024-01-01,true", "'',false", "' ',false", "FALSE,false", "0,false"
    })
    void withoutTrueValuesAllButBlankAndNoMeanYes(String cell, boolean yes) {
        assertEquals(yes, new LifeCycle.Flag(List.of("c"), List.of()).isYes(cell));
    }

    @Test
    void withTrueValuesOnlyTheseMeanYes() {
        LifeCycle.Flag flag = new LifeCycle.Flag(List.of("c"), List.of("Bounced"));

        assertTrue(flag.isYes(" bounced "));
        assertFalse(flag.isYes("true"));
    }

    @Test
    void refusesFieldsOfTheOtherEntity() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ColumnMapping(
                        EntityKind.COMPANY,
                        List.of("Id"),
                        List.of(),
                        List.of(),
                        Map.of("email", List.of("Email")),
                        Map.of(),
                        LifeCycle.NONE,
                        Map.of(),
                        Set.of()));
    }
}
