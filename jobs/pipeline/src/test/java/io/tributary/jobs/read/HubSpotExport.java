package io.tributary.jobs.read;

import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.CrmObject;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes exports with the column names of HubSpot's own, because no published one has a licence: invented people and
 * companies at hosts that nobody owns, the same on every run.
 */
public final class HubSpotExport {
    private static final int COMPANIES = 40;
    private static final int CONTACTS = 200;
    private static final List<String> FIRST = List.of("Ada", "Grace", "Linus", "Zoë", "Anaïs", "José", "Mei", "Olu");
    private static final List<String> LAST = List.of("Byron", "Hopper", "Núñez", "O'Neil", "Van Dyk", "Li", "Okafor");

    private HubSpotExport() {}

    /** Writes contacts and companies, and returns the sources that read them, in this order. */
    public static List<SourceSettings> write(Path dir) throws IOException {
        Path contacts = dir.resolve("hubspot-crm-exports-all-contacts-2026-08-22.csv");
        Path companies = dir.resolve("hubspot-crm-exports-all-companies-2026-08-22.csv");
        Files.write(contacts, contacts());
        Files.write(companies, companies());
        return List.of(
                Specs.source(
                        "hubspot",
                        CrmObject.CONTACT,
                        Format.CSV,
                        contacts.toString(),
                        Specs.shipped("hubspot-contact")),
                Specs.source(
                        "hubspot",
                        CrmObject.ACCOUNT,
                        Format.CSV,
                        companies.toString(),
                        Specs.shipped("hubspot-company")));
    }

    private static List<String> companies() {
        List<String> lines = new ArrayList<>();
        lines.add("Record ID,Company name,Company Domain Name,Phone Number,City,State/Region,Country/Region,Industry,"
                + "Number of Employees,Annual Revenue,Company owner,Create Date,LinkedIn Company Page,Description");
        for (int n = 0; n < COMPANIES; n++) {
            lines.add(String.join(
                    ",",
                    Long.toString(7_000_000_000L + n),
                    "\"Sample Works " + n + ", Inc.\"",
                    n % 5 == 0 ? "" : "sampleworks" + n + ".com",
                    "+1 415 555 0" + (100 + n),
                    "San Francisco",
                    "CA",
                    "United States",
                    "COMPUTER_SOFTWARE",
                    Integer.toString(10 * n),
                    Integer.toString(100_000 * n),
                    "Owner",
                    "2026-01-0" + (1 + n % 9) + " 09:30",
                    "",
                    "\"Line one\nline \"\"two\"\"\""));
        }
        return lines;
    }

    private static List<String> contacts() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,Company Name,"
                        + "Associated Company,Associated Company IDs,Website URL,City,State/Region,Country/Region,Lifecycle Stage,"
                        + "Lead Status,Contact owner,Create Date,Last Modified Date,Original Source,HubSpot Score,Annual Revenue");
        for (int n = 0; n < CONTACTS; n++) {
            String first = FIRST.get(n % FIRST.size());
            String last = LAST.get(n % LAST.size());
            int company = n % COMPANIES;
            lines.add(String.join(
                    ",",
                    Long.toString(101 + n),
                    first,
                    last,
                    email(n, company),
                    n % 3 == 0 ? "(415) 555-0" + (100 + n % 100) : "",
                    "",
                    "Engineer",
                    "",
                    "\"Sample Works " + company + ", Inc.\"",
                    Long.toString(7_000_000_000L + company),
                    "",
                    "San Francisco",
                    "CA",
                    "United States",
                    "lead",
                    "NEW",
                    "Owner",
                    "2026-01-01 09:30",
                    "2026-08-0" + (1 + n % 9) + " 10:00",
                    "ORGANIC_SEARCH",
                    n == 7 ? "high" : Integer.toString(n % 100),
                    ""));
        }
        return lines;
    }

    private static String email(int n, int company) {
        return switch (n % 10) {
            case 0 -> "";
            case 1 -> "person" + n + "@example.com";
            case 2 -> "not an address";
            default -> "Person." + n + "@SampleWorks" + company + ".com";
        };
    }
}
