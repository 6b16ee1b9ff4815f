package io.tributary.sandbox.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = new World(7);

    @Property(tries = 300)
    void anyInputHasAnAnswerAndAlwaysTheSame(@ForAll String text, @ForAll long seed) {
        String local = Inputs.email(text).replaceAll("[@\\s]", "");
        String email = local + "@acme.example";
        assertEquals(new World(seed).personByEmail(email), new World(seed).personByEmail(email));
        String linkedin = Inputs.linkedin(text);
        assertEquals(world.personByLinkedin(linkedin), world.personByLinkedin(linkedin));
        Company company = world.companyByName(text);
        assertEquals(world.personByName(text, company), world.personByName(text, company));
    }

    @Property(tries = 300)
    void telephoneNumbersAreReservedForFiction(@ForAll int number) {
        assertTrue(world.personByEmail(number + "@acme.example").phone().matches("\\+1[2-9]\\d{2}55501\\d{2}"));
        assertTrue(world.company("c" + number + ".gov").phone().matches("\\+1[2-9]\\d{2}55501\\d{2}"));
    }

    @Test
    void namesComeFromTheAddress() {
        Person ada = world.personByEmail("ada.example+crm@acme.example");
        assertEquals("Ada Example", ada.full());
        assertEquals("acme.example", ada.company().domain());
        assertEquals("Acme", ada.company().name());
    }

    @Test
    void freeMailHostsAreNobodysEmployer() {
        assertNotEquals(
                "gmail.com",
                world.personByEmail("ada.example@gmail.com").company().domain());
    }

    @Test
    void aPersonIsTheSameByAddressAndByNameAndCompany() {
        Person byName = world.personByName("Ada Example", world.company("acme.example"));
        assertEquals(world.personByEmail("ada.example@acme.example"), byName);
    }

    @Test
    void anotherSeedIsAnotherWorld() {
        assertNotEquals(
                world.personByEmail("ada@acme.example").id(),
                new World(8).personByEmail("ada@acme.example").id());
    }

    @Test
    void providersKnowDifferentPeople() {
        List<String> people = IntStream.range(0, 4000)
                .mapToObj(i -> "p" + i + "@acme.example")
                .toList();
        long one = people.stream().filter(each -> knows("clearbit", each)).count();
        long both = people.stream()
                .filter(each -> knows("clearbit", each) && knows("hunter", each))
                .count();
        assertEquals(0.60, one / 4000.0, 0.03);
        assertEquals(0.36, both / 4000.0, 0.03);
    }

    @Test
    void confidenceIsSpreadOverItsRange() {
        List<Double> all = IntStream.range(0, 2000)
                .mapToObj(i -> world.sight("apollo", "person", "p" + i, 1).confidence())
                .toList();
        assertEquals(0.5, all.stream().min(Double::compare).orElseThrow(), 0.01);
        assertEquals(0.99, all.stream().max(Double::compare).orElseThrow(), 0.01);
        assertEquals(
                0.745, all.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), 0.02);
    }

    private boolean knows(String provider, String email) {
        return world.sight(provider, "person", email, 0.6).found();
    }
}
