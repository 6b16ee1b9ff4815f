package io.tributary.merge;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.FieldType;
import io.tributary.model.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Records, answers and rules that follow from a seed. The world is small, so that values, times and confidences collide. */
final class MergeWorld {
    static final List<String> WATERFALL = List.of("hunter", "apollo", "lusha");
    private static final List<String> PROVIDERS = List.of("hunter", "apollo", "lusha", "retired");
    private static final double[] CONFIDENCES = {0, 0.3, 0.5, 0.8, 0.81, 0.9, 0.95, 1, Double.NaN};
    private static final List<String> ITEMS = List.of("Spark", "spark", "Delta", "Cobol", "Kafka");

    /** Spellings of providers, and the form in which golden tables hold them. */
    private static final Map<String, String> PHONES = Map.of(
            "+1 (303) 555-0100", "+13035550100",
            "030 901820", "+4930901820",
            "+49 30 901820 ext. 12", "+4930901820;ext=12",
            "on request", "on request");

    private static final Map<String, String> COUNTRIES =
            Map.of("United States", "US", "USA", "US", "us", "US", "Deutschland", "DE", "Atlantis", "Atlantis");
    private static final Map<String, String> RANGES = Map.of(
            "51-200",
            "51-200",
            "51 – 200 employees",
            "51-200",
            "10,001+",
            "10001+",
            "1K-5K",
            "1000-5000",
            "many",
            "many");
    private static final Map<String, String> TITLES = Map.of(
            "VP Sales",
            "vp/sales",
            "Vice President of Sales",
            "vp/sales",
            "Engineering Manager",
            "manager/engineering",
            "Wizard",
            "/");
    private static final Map<Long, String> COUNTS = Map.of(7L, "1-10", 150L, "51-200", 20_000L, "10001+", 0L, "");

    /** Those in which something is normal or worked out, and some plain ones. */
    private static final List<Field> FIELDS = List.of(
            Field.PERSON_EMAIL,
            Field.PERSON_TITLE,
            Field.PERSON_SENIORITY,
            Field.PERSON_DEPARTMENT,
            Field.PERSON_PHONE,
            Field.PERSON_CITY,
            Field.PERSON_COUNTRY,
            Field.COMPANY_NAME,
            Field.COMPANY_EMPLOYEE_COUNT,
            Field.COMPANY_EMPLOYEE_RANGE,
            Field.COMPANY_FOUNDED_YEAR,
            Field.COMPANY_COUNTRY,
            Field.COMPANY_TECHNOLOGIES,
            Field.COMPANY_PHONE);

    final EntityKind entity;
    final FieldRules rules;
    final Profile crm;
    private final Random random;
    private int answers;

    /** @param words what rules may say beside the action; {@code above} is among all */
    MergeWorld(long seed, List<String> actions, List<String> choices) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.entity = random.nextBoolean() ? EntityKind.PERSON : EntityKind.COMPANY;
        this.rules = rules(actions, choices);
        this.crm = profile(0.35, true);
    }

    /** Rules for each field of the entity. */
    FieldRules rules(List<String> actions, List<String> choices) {
        Map<String, String> written = new LinkedHashMap<>();
        for (Field field : FIELDS) {
            if (field.entity() != entity) {
                continue;
            }
            List<String> allowed = actions.stream()
                    .filter(action -> !action.equals("unite") || field.type() == FieldType.STRING_LIST)
                    .toList();
            String action = pick(allowed);
            written.put(
                    entity.id() + ":" + field.path(),
                    action.equals("never")
                            ? action
                            : action
                                    + pick(choices)
                                    + (chance(0.3) ? " agreed" : "")
                                    + pick(List.of("", "", " above 0.5")));
        }
        FieldRules.Parsed parsed = FieldRules.parse(written, FieldRules.defaults());
        if (!parsed.faults().isEmpty()) {
            throw new IllegalStateException(parsed.faults().toString());
        }
        return parsed.rules();
    }

    /** Answers of tonight: at most one of each provider, each with an id of its own. */
    List<Candidate> night(int day) {
        List<Candidate> night = new ArrayList<>();
        for (String provider : PROVIDERS) {
            if (chance(0.6)) {
                night.add(new Candidate(
                        provider,
                        provider + "-" + answers++,
                        Instant.ofEpochSecond((day + random.nextInt(2)) * 86_400L),
                        CONFIDENCES[random.nextInt(CONFIDENCES.length)],
                        profile(0.6, false)));
            }
        }
        return night;
    }

    private Profile profile(double filled, boolean typed) {
        Profile profile = Profile.empty(entity);
        for (Field field : FIELDS) {
            if (field.entity() == entity && chance(filled)) {
                profile = profile.with(field, value(field, typed));
            }
        }
        return profile;
    }

    private Object value(Field field, boolean typed) {
        return switch (field) {
            case PERSON_PHONE, COMPANY_PHONE -> key(PHONES);
            case PERSON_COUNTRY, COMPANY_COUNTRY -> key(COUNTRIES);
            case COMPANY_EMPLOYEE_RANGE -> key(RANGES);
            case PERSON_TITLE -> key(TITLES);
            case COMPANY_EMPLOYEE_COUNT -> List.copyOf(COUNTS.keySet()).get(random.nextInt(COUNTS.size()));
            case COMPANY_TECHNOLOGIES ->
                ITEMS.stream()
                        .filter(item -> chance(0.4))
                        .collect(Collectors.collectingAndThen(
                                Collectors.toList(),
                                items -> items.isEmpty() ? List.of(typed ? "Fax" : "Kafka") : items));
            default ->
                field.type() == FieldType.LONG ? (Object) (long) random.nextInt(3) : pick(List.of("x", "X ", "y", "z"));
        };
    }

    /** A value that nobody says and nobody typed before. */
    Object typedAnew(Field field) {
        String text = "typed " + random.nextInt(1_000_000_000);
        return switch (field.type()) {
            case STRING -> text;
            case LONG -> 1_000_000L + random.nextInt(1_000_000_000);
            case STRING_LIST -> List.of(text);
        };
    }

    /** What an answer says of a field, worked out by a table and not by the code under test; null for nothing. */
    static Object said(Field field, Profile answer, boolean derived) {
        if (derived) {
            String text =
                    switch (field) {
                        case PERSON_SENIORITY ->
                            TITLES.get(answer.text(Field.PERSON_TITLE).orElseThrow())
                                    .split("/", -1)[0];
                        case PERSON_DEPARTMENT ->
                            TITLES.get(answer.text(Field.PERSON_TITLE).orElseThrow())
                                    .split("/", -1)[1];
                        default ->
                            COUNTS.get((Long)
                                    answer.value(Field.COMPANY_EMPLOYEE_COUNT).orElseThrow());
                    };
            return text.isEmpty() ? null : text;
        }
        Object value = answer.values().get(field);
        if (value == null) {
            return null;
        }
        return switch (field) {
            case PERSON_PHONE, COMPANY_PHONE -> dialled((String) value, answer);
            case PERSON_COUNTRY, COMPANY_COUNTRY -> COUNTRIES.get((String) value);
            case COMPANY_EMPLOYEE_RANGE -> RANGES.get((String) value);
            default -> value;
        };
    }

    /** A number without its country's code is readable only where the answer tells the country. */
    private static String dialled(String phone, Profile answer) {
        Field country = answer.entity() == EntityKind.PERSON ? Field.PERSON_COUNTRY : Field.COMPANY_COUNTRY;
        boolean german =
                answer.text(country).map(COUNTRIES::get).filter("DE"::equals).isPresent();
        return phone.startsWith("0") && !german ? phone : PHONES.get(phone);
    }

    private String key(Map<String, String> spellings) {
        return pick(spellings.keySet().stream().sorted().toList());
    }

    boolean chance(double part) {
        return random.nextDouble() < part;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    Random random() {
        return random;
    }
}
