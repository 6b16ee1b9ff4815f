package io.tributary.jobs.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {
    @ParameterizedTest
    @CsvSource({
        "AnnualRevenue,annual_revenue",
        "SSN__c,ssn_c",
        "Security contact email,security_contact_email",
        "property_hs_all-funky-a9384-syntax,property_hs_all_funky_a9384_syntax",
        "State/Region,state_region",
        "Größe (m²),grosse_m2",
        "2nd Email,c_2nd_email",
        "_fivetran_synced,fivetran_synced",
        "日本,column",
        "DandBCompanyId,dand_b_company_id",
    })
    void writesSnakeCase(String header, String name) {
        assertEquals(name, ColumnNames.sanitise(header));
    }

    @Property
    void givesEveryHeaderANameOfItsOwnThatDeltaTakes(@ForAll @UniqueElements List<String> headers) {
        var names = ColumnNames.of(headers, Set.of("email"));
        assertEquals(Set.copyOf(headers), names.keySet());
        assertEquals(headers.size(), new HashSet<>(names.values()).size());
        assertTrue(names.values().stream().allMatch(name -> name.matches("[a-z][a-z0-9_]*") && !name.equals("email")));
    }
}
