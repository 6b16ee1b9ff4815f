package io.tributary.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The demo's first night as arguments of the job: its pipeline, its extracts, a lake and a simulator of one's own. */
final class DemoNight {
    private static final Path DEMO = Home.FOLDER.resolve("conf/demo");
    private static final List<String> SOURCES =
            List.of("salesforce-contacts", "salesforce-leads", "salesforce-accounts", "customers", "agencies");
    private static final List<String> PROVIDERS = List.of("apollo", "hunter", "clearbit");

    private DemoNight() {}

    static List<String> in(Path folder, String sandbox, int quotaScale) throws IOException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(List.of(
                "nightly",
                "--json",
                "--conf",
                DEMO.toString(),
                "--as-of",
                "2026-08-21T02:00:00Z",
                "--set",
                "lake.root=" + folder.resolve("lake")));
        for (String source : SOURCES) {
            set(arguments, "sources[" + source + "].path=" + DEMO.resolve("extracts/night-1/" + source + ".csv"));
        }
        for (String provider : PROVIDERS) {
            set(arguments, "providers." + provider + ".base-url=" + sandbox + "/" + provider);
            set(arguments, "providers." + provider + ".quota-scale=" + quotaScale);
        }
        return arguments;
    }

    private static void set(List<String> arguments, String setting) {
        arguments.add("--set");
        arguments.add(setting);
    }
}
