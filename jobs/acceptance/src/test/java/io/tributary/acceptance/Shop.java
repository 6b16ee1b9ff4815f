package io.tributary.acceptance;

import io.tributary.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A pipeline of one source in a folder of its own, against a sandbox in this process. */
record Shop(Path folder) {
    static Shop in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Path key = Files.writeString(folder.resolve("conf/key"), "sandbox-hunter-key");
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return new Shop(folder);
    }

    /** Writes an extract of that many customers, and settings that ask Hunter for each. */
    Shop with(int customers, SandboxServer sandbox, String cap) throws IOException {
        String rows = IntStream.range(0, customers)
                .mapToObj(i -> i + ",C" + i + ",Ada" + i + ",Example" + i + ",Firm" + i + ",Denver,United States,,,ada"
                        + i + "@firm" + i + ".com,01-01-2024,")
                .collect(Collectors.joining("\n"));
        Files.writeString(
                folder.resolve("customers.csv"),
                "Index,Customer Id,First Name,Last Name,Company,City,Country,Phone 1,Phone 2,Email,Subscription Date,Website\n"
                        + rows + "\n");
        Files.writeString(folder.resolve("conf/pipeline.yaml"), """
                lake: {root: ../lake}
                sources:
                  - name: customers
                    crm: shop
                    object: contact
                    format: csv
                    path: ../customers.csv
                    mapping: %s/conf/mappings/datablist-customers.yaml
                    allow-unchanged: true
                providers:
                  hunter:
                    spec: %s/conf/providers/hunter.yaml
                    keys: ["file:key"]
                    base-url: "%s/hunter"
                    %s
                waterfall: {person: [hunter]}
                """.formatted(
                Home.FOLDER, Home.FOLDER, sandbox.baseUrl(), cap.isEmpty() ? "" : "max-credits-per-run: " + cap));
        Files.copy(
                Home.FOLDER.resolve("conf/demo/spark-local.conf"),
                folder.resolve("conf/spark-local.conf"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Adds settings to those that a Spark of this shop starts with. */
    Shop with(Map<String, String> spark) throws IOException {
        List<String> lines = spark.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
        Files.write(folder.resolve("conf/spark-local.conf"), lines, StandardOpenOption.APPEND);
        return this;
    }

    Home.Ended nightly(String... more) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Home.FOLDER.resolve("tributary").toString(), "nightly", "--conf", conf(), "--json"));
        command.addAll(List.of(more));
        return Home.run(folder, command, List.of("TRIBUTARY_HEAP=1200m"));
    }

    String conf() {
        return folder.resolve("conf").toString();
    }
}
