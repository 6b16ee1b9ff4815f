package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmIdsTest {
    @Test
    void knowsEveryIdOfAnExport() {
        int ids = 0;
        for (String file : List.of("Lead", "Account")) {
            for (Map<String, String> row : TestData.csv("salesforce/" + file + ".csv")) {
                for (String column : List.of("Id", "OwnerId", "CreatedById", "Branch__c")) {
                    String id = row.get(column);
                    if (!id.isEmpty()) {
                        ids++;
                        assertTrue(CrmIds.looksLikeCrmId(id), column);
                        assertTrue(CrmIds.looksLikeCrmId(id.substring(0, 15)), column + " of 15");
                    }
                }
                assertFalse(CrmIds.looksLikeCrmId(row.get("Name")), row.get("Name"));
            }
        }
        assertTrue(ids > 300, "ids: " + ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "001Ec00000GINb1IAH",
                " 001Ec00000GINb1IAH ",
                "001Ec00000GINb1",
                "001EC00000GINB1IAH",
                "001ec00000ginb1iah",
                "15923845123",
                "a1b2c3d4-0000-4000-8000-0123456789ab",
                "{A1B2C3D4-0000-4000-8000-0123456789AB}"
            })
    void knowsTheIdsOfCommonCrms(String id) {
        assertTrue(CrmIds.looksLikeCrmId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "001Ec00000GINb1IAA",
                "001EC00000GINB1IA5",
                "001Ec00000GINb1!AH",
                "3M",
                "1923",
                "Internationally",
                "INTERNATIONALLY",
                "Goldman0SachsInc",
                "Bank of America NA",
                "20th Century Fox",
            })
    void namesAreNotIds(String name) {
        assertFalse(CrmIds.looksLikeCrmId(name));
    }

    @Test
    void noCompanyOfTheSamplesIsTakenForAnId() {
        long mistaken = TestData.csv("company-names-patstat/patstat_reference.csv").stream()
                .filter(row -> CrmIds.looksLikeCrmId(row.get("person_name")))
                .count();
        assertEquals(0, mistaken);
    }
}
