package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.identity.Aliases.Link;
import io.tributary.model.KeyKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AliasesTest {
    private static KnownSubject subject(String key, Set<String> addresses, Set<String> pages) {
        return new KnownSubject(key, addresses, pages);
    }

    @Test
    void aRowThatGainsAMailboxIsStillTheOneWithItsPageWhateverMailboxTheAnswerKnows() {
        KnownSubject row = subject("email:ada@new.com", Set.of("ada@new.com"), Set.of("ada"));
        KnownSubject known = subject("linkedin_person:ada", Set.of("ada@old.com"), Set.of("ada"));

        Aliases.Judged judged = Aliases.judge(row, List.of(new Link(KeyKind.LINKEDIN_PERSON, "ada", known)));

        assertEquals(Set.of("linkedin_person:ada"), judged.same());
        assertEquals(Set.of(), judged.conflicts());
    }

    @Test
    void aMailboxOfTwoPagesIsNobodysIdentifier() {
        KnownSubject row = subject("email:berlin@acme.com", Set.of("berlin@acme.com"), Set.of());
        KnownSubject ada = subject("linkedin_person:ada", Set.of("berlin@acme.com"), Set.of("ada"));
        KnownSubject bob = subject("linkedin_person:bob", Set.of("berlin@acme.com"), Set.of("bob"));

        Aliases.Judged judged = Aliases.judge(
                row,
                List.of(
                        new Link(KeyKind.EMAIL, "berlin@acme.com", ada),
                        new Link(KeyKind.EMAIL, "berlin@acme.com", bob)));

        assertEquals(Set.of(), judged.same());
        assertEquals(Set.of("berlin@acme.com"), judged.conflicts());
    }

    @Test
    void aMailboxThatIsKnownUnderAnotherPageThanTheRowsIsNotShared() {
        KnownSubject row = subject("email:a@acme.com", Set.of("a@acme.com"), Set.of("ada"));
        KnownSubject bob = subject("linkedin_person:bob", Set.of("a@acme.com"), Set.of("bob"));

        Aliases.Judged judged = Aliases.judge(row, List.of(new Link(KeyKind.EMAIL, "a@acme.com", bob)));

        assertEquals(new Aliases.Judged(Set.of(), Set.of("a@acme.com")), judged);
    }

    @Test
    void aNameAtAnEmployerCountsOnlyWhereNothingBetterSaysThatTheyAreTwo() {
        KnownSubject row = subject("email:j.smith@acme.com", Set.of("j.smith@acme.com"), Set.of());
        KnownSubject namesake = subject("email:john@acme.com", Set.of("john@acme.com"), Set.of());
        KnownSubject perhapsTheSame = subject("name_company:john smith|acme.com", Set.of(), Set.of("johnsmith"));

        assertEquals(
                new Aliases.Judged(Set.of(), Set.of("n")),
                Aliases.judge(row, List.of(new Link(KeyKind.NAME_COMPANY, "n", namesake))));
        assertEquals(
                new Aliases.Judged(Set.of(perhapsTheSame.key()), Set.of()),
                Aliases.judge(row, List.of(new Link(KeyKind.NAME_COMPANY, "n", perhapsTheSame))));
    }

    @Test
    void whatTwoNamesakesShareIsNoHitForARowThatHasNothingElse() {
        KnownSubject row = subject("name_company:john smith|acme.com", Set.of(), Set.of());
        KnownSubject one = subject("email:john@acme.com", Set.of("john@acme.com"), Set.of());
        KnownSubject other = subject("email:js@acme.com", Set.of("js@acme.com"), Set.of());

        Aliases.Judged judged = Aliases.judge(
                row, List.of(new Link(KeyKind.NAME_COMPANY, "n", one), new Link(KeyKind.NAME_COMPANY, "n", other)));

        assertEquals(new Aliases.Judged(Set.of(), Set.of("n")), judged);
    }

    @Test
    void aPlaceholderThatManyHaveIsNobodys() {
        KnownSubject row = subject("email:z@acme.com", Set.of("z@acme.com"), Set.of("unknown"));
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < Aliases.MOST_SUBJECTS; i++) {
            links.add(new Link(
                    KeyKind.LINKEDIN_PERSON, "unknown", subject("email:" + i, Set.of("m" + i), Set.of("unknown"))));
        }
        assertEquals(Aliases.MOST_SUBJECTS, Aliases.judge(row, links).same().size());

        links.add(new Link(KeyKind.LINKEDIN_PERSON, "unknown", subject("email:x", Set.of("x"), Set.of("unknown"))));

        assertEquals(new Aliases.Judged(Set.of(), Set.of("unknown")), Aliases.judge(row, links));
    }

    @Test
    void theRowsOwnAnswersAreNoNewsAndTheOrderOfTheLinksDoesNotMatter() {
        KnownSubject row = subject("domain:acme.com", Set.of("acme.com"), Set.of("acme"));
        List<Link> links = new ArrayList<>(List.of(
                new Link(KeyKind.DOMAIN, "acme.com", row),
                new Link(KeyKind.LINKEDIN_COMPANY, "acme", subject("linkedin_company:acme", Set.of(), Set.of("acme"))),
                new Link(KeyKind.COMPANY_NAME, "acme", subject("domain:acme.de", Set.of("acme.de"), Set.of()))));
        Aliases.Judged judged = Aliases.judge(row, links);

        Collections.reverse(links);

        assertEquals(judged, Aliases.judge(row, links));
        assertEquals(new Aliases.Judged(Set.of("linkedin_company:acme"), Set.of("acme")), judged);
    }
}
