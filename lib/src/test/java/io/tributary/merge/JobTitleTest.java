package io.tributary.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTitleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Chief Executive Officer                 | c_suite  |",
                "CEO                                     | c_suite  |",
                "C.E.O. & Co-Founder                     | founder  |",
                "Chief Human Resources Officer           | c_suite  | human_resources",
                "CFO                                     | c_suite  | finance",
                "President                               | c_suite  |",
                "Geschäftsführer                         | c_suite  |",
                "Vice President, Sales & Marketing       | vp       | marketing",
                "V.P. of Engineering                     | vp       | engineering",
                "SVP Finance EMEA                        | vp       | finance",
                "Owner                                   | owner    |",
                "Product Owner                           |          | product",
                "HR Business Partner                     |          | human_resources",
                "Managing Partner                        | partner  |",
                "Partner Manager                         | manager  |",
                "Director of Operations                  | director | operations",
                "Directrice Marketing                    | director | marketing",
                "Head of People                          | head     | human_resources",
                "Vertriebsleiter                         | head     | sales",
                "Senior Engineering Manager              | manager  | engineering",
                "Customer Success Manager                | manager  | customer_service",
                "Product Marketing Manager               | manager  | marketing",
                "Senior Software Engineer                | senior   | engineering",
                "Legal Counsel                           |          | legal",
                "Account Executive                       |          | sales",
                "IT Administrator                        |          | information_technology",
                "Executive Assistant to the CEO          | entry    |",
                "Sales Intern                            | intern   | sales",
                "Chief of Staff                          |          |",
                "Wizard                                  |          |",
                "代表取締役                                |          |",
                "-                                       |          |"
            })
    void readsRankAndDepartmentOrNothing(String title, String seniority, String department) {
        assertEquals(Optional.ofNullable(seniority), JobTitle.seniority(title));
        assertEquals(Optional.ofNullable(department), JobTitle.department(title));
    }

    @Test
    void readsTheTitlesOfARealExport() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> lines = lines("salesforce/titles.tsv");
        for (String line : lines) {
            String title = line.split("\t", -1)[0];
            String read = title + "\t" + JobTitle.seniority(title).orElse("") + "\t"
                    + JobTitle.department(title).orElse("");
            if (!read.equals(line)) {
                wrong.add(read);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(87, lines.size());
    }

    /** Three people marked each word as rank (RES), function (FUN), place or none of these. */
    @Test
    void takesNoWordForARankOrDepartmentThatPeopleTakeForAPlaceOrForNothing() throws IOException {
        int ranks = 0;
        int departments = 0;
        for (String line : lines("job-title-words/gazetteer.csv")) {
            String[] part = line.split(",");
            List<String> marks = List.of(part).subList(1, 4);
            boolean rank = JobTitle.seniority(part[0]).isPresent();
            boolean department = JobTitle.department(part[0]).isPresent();
            int other = Collections.frequency(marks, "LOC") + Collections.frequency(marks, "O");
            assertTrue(other < 2 || !rank && !department, line);
            assertTrue(Collections.frequency(marks, "FUN") < 2 || !rank, line);
            ranks += rank ? 1 : 0;
            departments += department ? 1 : 0;
        }
        assertTrue(ranks >= 17 && departments >= 39, ranks + " ranks, " + departments + " departments");
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = JobTitleTest.class.getResourceAsStream("/data/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }
}
