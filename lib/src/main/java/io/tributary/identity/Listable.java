package io.tributary.identity;

import io.tributary.model.EntityKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text under which somebody may stand in a list of people who are not to be asked about. One that stands there is enough.
 *
 * @param text never a person's data alone: whoever lists it lists its hash
 * @param employer whether it names the employer, and not the subject
 */
public record Listable(String text, boolean employer) {
    private static final Pattern PAGE = Pattern.compile("/(?:in|company)/([^/?#]+)");

    /**
     * All texts of a record: its keys and what would be sent along, in the form of keys; lines without the name of who answers
     * them; addresses and domains alone, as others hash them; of a person, every host of the mailbox and those above it.
     *
     * @param inputs what may be sent of the record, by name
     */
    public static List<Listable> of(
            EntityKind entity, String key, Collection<String> aliases, Map<String, String> inputs) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(key);
        keys.addAll(aliases);
        sent(entity, inputs).forEach(keys::add);
        Set<String> own = new LinkedHashSet<>(keys);
        for (String each : keys) {
            if (each.startsWith("phone:") && each.contains("|")) {
                own.add(each.substring(0, each.indexOf('|')));
            } else if (each.startsWith("email:") || each.startsWith("domain:")) {
                own.add(each.substring(each.indexOf(':') + 1));
            }
        }
        Set<String> employers = new LinkedHashSet<>();
        if (entity == EntityKind.PERSON) {
            keys.stream()
                    .filter(each -> each.startsWith("email:") && each.contains("@"))
                    .forEach(each -> employers.addAll(hosts(each.substring(each.lastIndexOf('@') + 1))));
            text(inputs, "domain").map(Listable::lower).ifPresent(employers::add);
        }
        return Stream.concat(
                        own.stream().map(text -> new Listable(text, false)),
                        employers.stream()
                                .flatMap(host ->
                                        Stream.of(new Listable(host, true), new Listable("domain:" + host, true))))
                .toList();
    }

    private static Stream<String> sent(EntityKind entity, Map<String, String> inputs) {
        Optional<String> address = entity == EntityKind.PERSON
                ? text(inputs, "email").map(email -> "email:" + lower(email))
                : text(inputs, "domain").map(domain -> "domain:" + lower(domain));
        Optional<String> line = text(inputs, "phone").map(phone -> "phone:" + phone);
        Optional<String> page = text(inputs, "linkedin")
                .map(PAGE::matcher)
                .filter(Matcher::find)
                .map(found -> "linkedin_" + entity.id() + ":" + lower(found.group(1)));
        return Stream.of(address, line, page).flatMap(Optional::stream);
    }

    private static Optional<String> text(Map<String, String> inputs, String name) {
        return Optional.ofNullable(inputs.get(name));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A host and those above it: {@code mail.acme.com, acme.com, com}. */
    private static List<String> hosts(String host) {
        List<String> hosts = new ArrayList<>(List.of(host));
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            hosts.add(host.substring(dot + 1));
        }
        return hosts;
    }
}
