package io.tributary.merge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the words of a job title say of rank and department. The words and their order stand in {@code title-words.txt}; a
 * title without any of them says nothing, for a wrong rank is worse than none.
 */
final class JobTitle {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern DOTS = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}\\b)");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private JobTitle() {}

    /** A word of {@code title-words.txt} and the titles that it stands for. */
    private record Sense(String word, Pattern titles) {}

    private static final class OncePerJvm {
        static final List<Sense> NEITHER = senses("neither");
        static final List<Sense> SENIORITY = senses("seniority");
        static final List<Sense> DEPARTMENT = senses("department");
    }

    /** The rank, such as {@code vp} or {@code manager}. */
    static Optional<String> seniority(String title) {
        String words = words(title);
        for (Sense neither : OncePerJvm.NEITHER) {
            words = neither.titles.matcher(words).replaceAll(" ");
        }
        return first(OncePerJvm.SENIORITY, words);
    }

    /** The department, such as {@code sales} or {@code human_resources}. */
    static Optional<String> department(String title) {
        return first(OncePerJvm.DEPARTMENT, words(title));
    }

    private static Optional<String> first(List<Sense> senses, String words) {
        return senses.stream()
                .filter(sense -> sense.titles.matcher(words).find())
                .map(Sense::word)
                .findFirst();
    }

    /** Lower case without accents and punctuation: {@code V.P., Sales & Ops} gives {@code vp sales ops}. */
    private static String words(String title) {
        String plain = ACCENTS.matcher(Normalizer.normalize(title, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return NO_WORD.matcher(DOTS.matcher(plain).replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    private static List<Sense> senses(String kind) {
        List<Sense> senses = new ArrayList<>();
        for (String line : lines()) {
            String[] part = line.split("\t", -1);
            if (part[0].equals(kind)) {
                senses.add(new Sense(part[1], Pattern.compile("\\b(?:" + part[2].replace(", ", "|") + ")\\b")));
            }
        }
        return List.copyOf(senses);
    }

    private static List<String> lines() {
        try (InputStream in = JobTitle.class.getResourceAsStream("title-words.txt")) {
            if (in == null) {
                throw new IllegalStateException(
                        "the jar was built without title-words.txt: build it again from source");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read title-words.txt from the jar", e);
        }
    }
}
