package io.tributary.sandbox.world;

import java.util.List;

/** What someone does: title, seniority word, department. */
public record Job(String title, String seniority, String department) {
    static final List<Job> ALL = List.of(
            new Job("Chief Executive Officer", "c_suite", "executive"),
            new Job("Chief Financial Officer", "c_suite", "finance"),
            new Job("VP Engineering", "vp", "engineering"),
            new Job("VP Sales", "vp", "sales"),
            new Job("Director of Marketing", "director", "marketing"),
            new Job("Director of Operations", "director", "operations"),
            new Job("Engineering Manager", "manager", "engineering"),
            new Job("Sales Manager", "manager", "sales"),
            new Job("Head of People", "director", "human_resources"),
            new Job("Senior Software Engineer", "senior", "engineering"),
            new Job("Account Executive", "entry", "sales"),
            new Job("Data Analyst", "entry", "operations"),
            new Job("Legal Counsel", "senior", "legal"),
            new Job("Customer Success Manager", "manager", "support"),
            new Job("IT Administrator", "entry", "information_technology"));
}
