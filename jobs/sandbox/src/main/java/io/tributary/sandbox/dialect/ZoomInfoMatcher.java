package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.sandbox.wire.Json;
import io.tributary.sandbox.wire.Truth;
import io.tributary.sandbox.world.Company;
import io.tributary.sandbox.world.Person;
import io.tributary.sandbox.world.Sight;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks up the inputs of one call, in their order, for as long as the credits reach. For one call and one thread. */
final class ZoomInfoMatcher {
    private static final List<String> FILTERS = List.of(
            "NON_MATCH_BY_REQUIRED_FIELDS",
            "NON_MATCH_BY_LAST_UPDATED_DATE",
            "NON_MATCH_BY_VALID_DATE",
            "NON_MATCH_BY_CONTACT_ACCURACY_MIN");

    private final Desk desk;
    private final List<Quirk> habits;
    private final List<String> required;
    private final Set<String> bought = new HashSet<>();

    /**
     * @param habits of the surface
     * @param required the fields without which a contact is not returned
     */
    ZoomInfoMatcher(Desk desk, List<Quirk> habits, List<String> required) {
        this.desk = desk;
        this.habits = habits;
        this.required = List.copyOf(required);
    }

    ZoomInfoMatch contact(ZoomInfoAsk ask) {
        Sight sight = desk.person(ask.input());
        Optional<ZoomInfoMatch> refused = refused(ask, sight);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (shows(ZoomInfoQuirks.OPT_OUT, ask.input())) {
            return without(ask, "OPT_OUT", Truth.SUPPRESSED, sight);
        }
        Person own = ask.person(desk.world());
        if (shows(ZoomInfoQuirks.COMPANY_ONLY, ask.input())) {
            return new ZoomInfoMatch(
                    ask,
                    "COMPANY_ONLY_MATCH",
                    true,
                    Truth.MISSED,
                    sight,
                    Optional.empty(),
                    Optional.of(own.company()),
                    0);
        }
        if (!sight.found()) {
            return missed(ask, sight);
        }
        Person person = shows(ZoomInfoQuirks.ONE_RECORD, ask.input())
                ? desk.world().personByName("Alex Front", own.company())
                : own;
        Optional<String> filter = filter(ask, person, sight);
        if (filter.isPresent()) {
            return without(ask, filter.get(), Truth.MISSED, sight);
        }
        boolean alone = shows(ZoomInfoQuirks.CONTACT_ONLY, ask.input());
        long record = id(person.id());
        if (!reaches(ask, record)) {
            return without(ask, "LIMIT_EXCEEDED", Truth.UNANSWERED, sight);
        }
        return new ZoomInfoMatch(
                ask,
                alone ? "CONTACT_ONLY_MATCH" : "FULL_MATCH",
                alone || !shows(ZoomInfoQuirks.NO_STATUS, ask.input()),
                Truth.FOUND,
                sight,
                Optional.of(person),
                alone ? Optional.empty() : Optional.of(person.company()),
                record);
    }

    ZoomInfoMatch company(ZoomInfoAsk ask) {
        Sight sight = desk.company(ask.input());
        Optional<ZoomInfoMatch> refused = refused(ask, sight);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!sight.found()) {
            return missed(ask, sight);
        }
        Company company = ask.company(desk.world());
        long record = id(company.id());
        if (!reaches(ask, record)) {
            return without(ask, "LIMIT_EXCEEDED", Truth.UNANSWERED, sight);
        }
        boolean told = !shows(ZoomInfoQuirks.NO_STATUS, ask.input());
        return new ZoomInfoMatch(
                ask, "FULL_MATCH", told, Truth.FOUND, sight, Optional.empty(), Optional.of(company), record);
    }

    /** What is not looked at, for persons and companies alike. */
    private Optional<ZoomInfoMatch> refused(ZoomInfoAsk ask, Sight sight) {
        if (!ask.isReadable() || shows(ZoomInfoQuirks.INVALID_INPUT, ask.input())) {
            return Optional.of(without(ask, "INVALID_INPUT", Truth.UNREADABLE, sight));
        }
        if (shows(ZoomInfoQuirks.SERVICE_ERROR, ask.input())
                && desk.memory().first("failed " + ask.entity() + "|" + ask.input())) {
            return Optional.of(failed(ask));
        }
        return shows(ZoomInfoQuirks.LIMIT_EXCEEDED, ask.input())
                ? Optional.of(without(ask, "LIMIT_EXCEEDED", Truth.UNANSWERED, sight))
                : Optional.empty();
    }

    /** An item that was not worked on. */
    ZoomInfoMatch failed(ZoomInfoAsk ask) {
        return without(ask, "SERVICE_ERROR", Truth.UNANSWERED, desk.person(ask.input()));
    }

    /** The number of a record, of ten digits; below zero for some, on the surface that has such. */
    long id(String of) {
        long number = 1_000_000_000L
                + (long) (desk.world().noise("zoominfo id").at(of).unit() * 8_999_999_999L);
        return shows(ZoomInfoQuirks.NEGATIVE_ID, of) ? -number : number;
    }

    /** A record that was bought before is free; a new one needs a credit. */
    private boolean reaches(ZoomInfoAsk ask, long record) {
        String bill = ask.entity() + "|" + Math.abs(record);
        if (desk.memory().hasBought(bill) || bought.contains(bill)) {
            return true;
        }
        return desk.creditsLeft() >= bought.size() + 1 && bought.add(bill);
    }

    private Optional<String> filter(ZoomInfoAsk ask, Person person, Sight sight) {
        JsonNode given = ask.given();
        if (required.stream().anyMatch(field -> !ZoomInfoShape.knows(field, sight))) {
            return Optional.of(FILTERS.get(0));
        }
        if (isAfter(given, "lastUpdatedDateAfter", person)) {
            return Optional.of(FILTERS.get(1));
        }
        if (isAfter(given, "validDateAfter", person)) {
            return Optional.of(FILTERS.get(2));
        }
        if (given.path("contactAccuracyScoreMin").asInt() > ZoomInfoShape.accuracy(sight)) {
            return Optional.of(FILTERS.get(3));
        }
        return shows(ZoomInfoQuirks.OWN_FILTER, ask.input())
                ? Optional.of(sight.noise().at("filter").pick(FILTERS))
                : Optional.empty();
    }

    private static boolean isAfter(JsonNode given, String member, Person person) {
        return Json.text(given, member)
                .filter(date -> date.compareTo(person.lastUpdated()) > 0)
                .isPresent();
    }

    private ZoomInfoMatch missed(ZoomInfoAsk ask, Sight sight) {
        boolean told = !shows(ZoomInfoQuirks.NO_STATUS, ask.input());
        return new ZoomInfoMatch(ask, "NO_MATCH", told, Truth.MISSED, sight, Optional.empty(), Optional.empty(), 0);
    }

    private static ZoomInfoMatch without(ZoomInfoAsk ask, String status, Truth truth, Sight sight) {
        return new ZoomInfoMatch(ask, status, true, truth, sight, Optional.empty(), Optional.empty(), 0);
    }

    private boolean shows(Quirk quirk, String aCase) {
        return habits.contains(quirk) && desk.shows(quirk, aCase);
    }
}
