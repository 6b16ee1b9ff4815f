package io.tributary.sandbox.world;

import static io.tributary.sandbox.world.Inputs.isFreeMail;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Everyone and every company that the simulated providers could know. All providers describe the same subject alike;
 * they differ in whom they know and how well. Immutable, thread-safe.
 */
public final class World {
    private static final List<String> FIRST = List.of(
            "Ada", "Amir", "Beatriz", "Carlos", "Chen", "Dana", "Elena", "Farah", "Grace", "Hugo", "Ines", "Jonas",
            "Kofi", "Lena", "Marta", "Nadia", "Oscar", "Priya", "Quentin", "Rosa", "Samir", "Tara", "Umar", "Vera",
            "Wendy", "Yuki", "Zoe", "Björn", "Łukasz", "Sinéad");
    private static final List<String> LAST = List.of(
            "Abbott",
            "Berg",
            "Castillo",
            "Dubois",
            "Eriksen",
            "Fischer",
            "García",
            "Haddad",
            "Ito",
            "Jensen",
            "Kowalski",
            "Larsen",
            "Mbeki",
            "Novák",
            "Okafor",
            "Patel",
            "Quinn",
            "Rossi",
            "Silva",
            "Tanaka",
            "Ueda",
            "Varga",
            "Weber",
            "Xu",
            "Yilmaz",
            "Zhang",
            "O'Brien",
            "de Vries");
    private static final List<List<String>> INDUSTRIES = List.of(
            List.of("Information Technology", "Internet Software & Services", "Application Software"),
            List.of("Information Technology", "IT Services", "IT Consulting"),
            List.of("Health Care", "Health Care Providers & Services", "Health Care Services"),
            List.of("Financials", "Banks", "Regional Banks"),
            List.of("Industrials", "Machinery", "Industrial Machinery"),
            List.of("Consumer Discretionary", "Specialty Retail", "Home Furnishing Retail"),
            List.of("Industrials", "Professional Services", "Research & Consulting"),
            List.of("Utilities", "Electric Utilities", "Renewable Power"));
    private static final List<String> TECHNOLOGIES = List.of(
            "nginx",
            "stripe",
            "salesforce",
            "hubspot",
            "aws",
            "google_analytics",
            "cloudflare",
            "zendesk",
            "react",
            "postgresql",
            "wordpress",
            "segment");
    private static final List<String> BRANDS = List.of(
            "bluepeak", "northgate", "larkfield", "stonebridge", "quillworks", "harborline", "fernvale", "orbita");
    private static final int[] HEADS = {4, 18, 35, 90, 150, 320, 700, 2400, 7800, 24_000};

    private final Noise root;

    public World(long seed) {
        this.root = new Noise(seed);
    }

    /** The seed's branch of that name, for choices that are not about people and companies. */
    public Noise noise(String branch) {
        return root.at(branch);
    }

    /** The person behind a normalised e-mail address. */
    public Person personByEmail(String email) {
        int at = email.indexOf('@');
        String domain = email.substring(at + 1);
        String[] words = words(email.substring(0, at).replaceAll("\\+.*", ""));
        Noise noise = root.at("person").at(email);
        Company employer = company(isFreeMail(domain) ? noise.at("brand").pick(BRANDS) + ".example" : domain);
        return person(noise, words, email, "", employer);
    }

    /** The person behind a normalised LinkedIn address. */
    public Person personByLinkedin(String linkedin) {
        Noise noise = root.at("person").at(linkedin);
        Company employer = company(noise.at("brand").pick(BRANDS) + ".example");
        return person(noise, words(Inputs.slug(linkedin)), "", Inputs.slug(linkedin), employer);
    }

    /** The person behind a telephone number, E.164. */
    public Person personByPhone(String phone) {
        Noise noise = root.at("person").at(phone);
        Company employer = company(noise.at("brand").pick(BRANDS) + ".example");
        Person someone = person(noise, new String[0], "", "", employer);
        return new Person(
                someone.id(),
                someone.first(),
                someone.last(),
                someone.email(),
                someone.job(),
                phone,
                someone.linkedin(),
                employer,
                someone.place(),
                someone.lastUpdated());
    }

    /** The person of a name at a company: the one whose address there is made of first and last name. */
    public Person personByName(String name, Company employer) {
        String[] words = words(name);
        String local = words.length == 0
                ? "someone"
                : words.length == 1
                        ? ascii(words[0])
                        : handle(words[0], words[words.length - 1]).replace('-', '.');
        String email = local + "@" + employer.domain();
        return person(root.at("person").at(email), words, email, "", employer);
    }

    /** The company of a normalised domain. */
    public Company company(String domain) {
        String label = domain.substring(0, Math.max(1, domain.indexOf('.')));
        String[] words = words(label);
        return company(domain, words.length == 0 ? label : titled(words));
    }

    /** The company of a name, at a domain that is reserved for examples. */
    public Company companyByName(String name) {
        return company(ascii(name).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".example", name.strip());
    }

    /**
     * What a provider knows of a subject. Providers are independent of each other, so their found sets overlap partly.
     *
     * @param rate the part of all subjects that the provider knows, 0 to 1
     */
    public Sight sight(String provider, String entity, String input, double rate) {
        Noise noise = root.at(provider).at(entity).at(input);
        double confidence = Math.round((0.5 + 0.49 * noise.at("confidence").unit()) * 100) / 100.0;
        return new Sight(noise.unit() < rate, noise.at("partial").unit() < 0.35, confidence, noise);
    }

    private Person person(Noise noise, String[] words, String email, String slug, Company employer) {
        String first = words.length >= 2 ? capital(words[0]) : noise.at("first").pick(FIRST);
        String last = words.length >= 2
                ? capital(words[words.length - 1])
                : words.length == 1 && words[0].length() > 3
                        ? capital(words[0])
                        : noise.at("last").pick(LAST);
        Place place = noise.at("place").pick(Place.ALL);
        String handle = handle(first, last);
        return new Person(
                noise.at("id").uuid(),
                first,
                last,
                email.isEmpty() ? handle.replace('-', '.') + "@" + employer.domain() : email,
                noise.at("job").pick(Job.ALL),
                place.phone(noise.at("phone")),
                slug.isEmpty() ? handle + "-" + noise.at("slug").hex().substring(0, 6) : slug,
                employer,
                place,
                date(noise));
    }

    private Company company(String domain, String name) {
        Noise noise = root.at("company").at(domain);
        List<String> industry = noise.at("industry").pick(INDUSTRIES);
        Place place = noise.at("place").pick(Place.ALL);
        int employees =
                HEADS[noise.at("heads").below(HEADS.length)] + noise.at("more").below(7);
        String slug = ascii(name).replaceAll("[^a-z0-9]+", "-");
        return new Company(
                noise.at("id").uuid(),
                name,
                name + noise.at("form").pick(List.of(", Inc.", " LLC", " Corp.", " Ltd.")),
                domain,
                industry.get(0),
                industry.get(1),
                industry.get(2),
                employees,
                employees * (80_000L + noise.at("revenue").below(300) * 1000L),
                1900 + noise.at("founded").below(122),
                place,
                TECHNOLOGIES.stream()
                        .filter(each -> noise.at(each).unit() < 0.3)
                        .toList(),
                slug,
                slug.replace("-", ""),
                place.phone(noise.at("phone")),
                date(noise));
    }

    private static String handle(String first, String last) {
        return ascii(first + "-" + last).replaceAll("[^a-z0-9]+", "-");
    }

    private static String date(Noise noise) {
        return String.format(
                "2026-%02d-%02d",
                1 + noise.at("month").below(10), 1 + noise.at("day").below(28));
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{M}']+"))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static String titled(String[] words) {
        return words.length == 0
                ? "Numbers"
                : Arrays.stream(words).map(World::capital).collect(Collectors.joining(" "));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String ascii(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
