package io.tributary.jobs.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A small CRM that people work in between the nights: the same for the same seed. For one thread. */
final class CrmEdits {
    private static final int FIRMS = 6;

    private final Random random;
    private final Map<Integer, Person> people = new TreeMap<>();
    private final Map<Integer, String> firms = new TreeMap<>();
    private int next;

    /** @param email may be empty, as may the page: somebody is known by one of them */
    private record Person(String email, String page, String title, int firm, boolean optedOut) {
        Person titled(String other) {
            return new Person(email, page, other, firm, optedOut);
        }

        Person at(String other) {
            return new Person(other, page, title, firm, optedOut);
        }

        Person of(int other) {
            return new Person(email, page, title, other, optedOut);
        }

        Person leaving() {
            return new Person(email, page, title, firm, !optedOut);
        }
    }

    CrmEdits(long seed, int size) {
        random = new Random(seed);
        for (int firm = 0; firm < FIRMS; firm++) {
            firms.put(firm, "Firm " + firm);
        }
        for (int i = 0; i < size; i++) {
            add(email(next));
        }
    }

    static String email(int number) {
        return "ada" + number + "@firm" + number % FIRMS + ".com";
    }

    /** The page that a provider gives for an address. */
    static String page(String email) {
        return "https://www.linkedin.com/in/" + email.substring(0, email.indexOf('@')) + "-works-here";
    }

    private void add(String email) {
        people.put(next, new Person(email, "", random.nextInt(3) == 0 ? "Engineer" : "", random.nextInt(FIRMS), false));
        next++;
    }

    private int somebody() {
        return List.copyOf(people.keySet()).get(random.nextInt(people.size()));
    }

    /** One day's work. */
    void day() {
        add(email(next));
        // Somebody who is there already, once more.
        add(people.get(somebody()).email());
        // Perhaps somebody who is there already, by the page that an answer told.
        int known = somebody();
        if (!people.get(known).email().isEmpty()) {
            people.put(next++, new Person("", page(people.get(known).email()), "", 0, false));
        }
        people.computeIfPresent(somebody(), (id, person) -> person.titled("Title " + random.nextInt(5)));
        people.computeIfPresent(somebody(), (id, person) -> person.at(email(1000 + next)));
        people.computeIfPresent(somebody(), (id, person) -> person.of(random.nextInt(FIRMS)));
        people.computeIfPresent(somebody(), (id, person) -> person.leaving());
        people.remove(somebody());
        firms.put(random.nextInt(FIRMS), "Firm " + random.nextInt(20));
    }

    /** An address that stands in a record. */
    String address() {
        List<String> all = people.values().stream()
                .map(Person::email)
                .filter(email -> !email.isEmpty())
                .toList();
        return all.get(random.nextInt(all.size()));
    }

    /** Changes the title of so many records. */
    void retitle(int records) {
        for (int id : List.copyOf(people.keySet()).subList(0, records)) {
            people.computeIfPresent(id, (same, person) -> person.titled("Title " + random.nextInt(1_000_000)));
        }
    }

    /** Writes {@code people.csv} and {@code firms.csv}. */
    void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        people.forEach((id, person) -> lines.add(String.join(
                ",",
                "p" + id,
                "Ada " + id,
                person.email(),
                person.page(),
                person.title(),
                "f" + person.firm(),
                Boolean.toString(person.optedOut()))));
        Files.writeString(
                folder.resolve("people.csv"),
                "id,name,email,page,title,account,no_mail\n" + String.join("\n", lines) + "\n");
        Files.writeString(
                folder.resolve("firms.csv"),
                firms.entrySet().stream()
                        .map(firm -> "f" + firm.getKey() + "," + firm.getValue() + ",firm" + firm.getKey() + ".com")
                        .collect(Collectors.joining("\n", "id,name,site\n", "\n")));
    }
}
