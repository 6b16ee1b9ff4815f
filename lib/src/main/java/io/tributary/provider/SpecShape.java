package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import io.tributary.model.Outcome;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.ScalarShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.VariantShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a provider's file may say: the declaration that checks files and writes their JSON Schema. */
public final class SpecShape {
    private static final String STEPS = "[^.\\[\\]]+(\\[\\])?(\\.[^.\\[\\]]+(\\[\\])?)*";
    private static final ScalarShape PATH = Shape.matching(STEPS, "a path such as person.emails[].address");

    /** A path, or nothing for the whole. */
    private static final ScalarShape PLACE =
            Shape.matching("(" + STEPS + ")?", "a path such as data.person, or '' for the whole");

    private static final Shape WANTED = Shape.either(Shape.scalar(), Shape.list(Shape.scalar()));

    private static final Shape BODY = Shape.entries(PLACE, WANTED);

    private static final Shape ANY_OF = Shape.either(BODY, Shape.list(BODY));

    private static final ObjectShape CONDITION = Shape.object("When it holds; all parts must.")
            .optional("status", Shape.either(status(), Shape.someOf(status())), "HTTP statuses, such as 404 or 5xx.")
            .optional(
                    "body",
                    BODY,
                    "Path of the body to a wanted value or several; * for any value, - for none, \"null\" for a written"
                            + " null, \"{}\" for an empty object.")
            .optional("header", Shape.entries(Shape.text()), "Header to a wanted value; * for any value, - for none.");

    private static final ObjectShape RULE = Shape.object("What a response means under a condition.")
            .required("when", CONDITION, "The condition.")
            .required("is", Shape.oneOf(meanings()), "A verdict about the call, or an outcome for what it asked.")
            .required("reason", reason(), "A stable code for reports.");

    private static final ObjectShape ITEM_RULE = Shape.object("What a subject's own status means.")
            .required(
                    "when",
                    Shape.object("When it holds.").required("body", BODY, "Path of the subject to a wanted value."),
                    "The condition.")
            .required(
                    "is",
                    Shape.oneOf(Stream.concat(refusals().stream(), Stream.of("transient", "credits-gone"))
                            .toList()),
                    "The subject's outcome; or transient: ask for it again; or credits-gone: they did not reach it, and the"
                            + " provider is off.")
            .required("reason", reason(), "A stable code for reports.");

    private static final ObjectShape FROM = Shape.object("Where a field comes from, and how it is read.")
            .required(
                    "from",
                    Shape.either(PATH, Shape.someOf(PATH)),
                    "Path, or paths of which the first with a value wins.")
            .required("as", Shape.oneOf(converters()), "How the value is read.");

    private static final Shape FIELD = Shape.either(PATH, Shape.someOf(PATH), FROM);

    private static final ObjectShape CONFIDENCE = Shape.object("How sure an answer is, from 0 to 1.")
            .optional("from", PATH, "Where the provider states it.")
            .withDefault("scale", Shape.decimal(0.0001, 1_000_000), "1", "What the provider's number is divided by.")
            .withDefault("table", Shape.entries(Shape.decimal(0, 1)), "{}", "The provider's words to a confidence.")
            .required("otherwise", Shape.decimal(0, 1), "Where the provider states none; alone, a constant.");

    private static final ObjectShape CREDITS = Shape.object(
                    "What an ask costs by its outcome; what is not named is free.")
            .withDefault(
                    "by-outcome",
                    Shape.entries(Shape.oneOf(outcomes()), Shape.decimal(0, 1_000_000)),
                    "{}",
                    "Outcome to credits.")
            .withDefault(
                    "by-entity",
                    Shape.entries(Shape.oneOf("person", "company"), Shape.decimal(0, 1_000_000)),
                    "{}",
                    "Entity to credits, on top, for each entity that an answer holds.")
            .optional("stated", PATH, "Where a response states what the whole call cost; prevails.")
            .required("worst", Shape.decimal(0, 1_000_000), "The most that one ask can cost; budgets are cut by it.");

    private static final ObjectShape BATCH = Shape.object("Several asks in one call.")
            .required("size", Shape.integer(2, 100_000), "The most asks in one call.")
            .withDefault("items", PLACE, "''", "Where the items lie in the response; nothing for the whole body.")
            .withDefault(
                    "keyed",
                    Shape.flag(),
                    "false",
                    "Whether the items are an object, each under our own reference, and no list.")
            .required("item", json(), "One item of the request; ${reference} is our own reference.")
            .optional("reference", PATH, "Where an item echoes our reference.")
            .withDefault(
                    "identity",
                    Shape.entries(Shape.oneOf(inputs()), PATH),
                    "{}",
                    "What an item states of its subject: input to path.")
            .withDefault(
                    "positional", Shape.flag(), "false", "Whether as many items as asks come in the order of the asks.")
            .withDefault(
                    "left-out",
                    Shape.oneOf("not-found", "ask-again"),
                    "ask-again",
                    "What it means that an ask has no item.");

    private static final String URL_PATH = "/([A-Za-z0-9._~!&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}|\\$\\{[a-z_]+\\})*";

    private static final ObjectShape REQUEST = Shape.object("How a request is made.")
            .required("method", Shape.oneOf("get", "post"), "HTTP method.")
            .optional("host", Shape.text(), "One of hosts; the first if absent.")
            .required(
                    "path",
                    Shape.matching(URL_PATH, "a path that starts with /, of URL characters and ${names}"),
                    "Path; may hold placeholders.")
            .withDefault(
                    "query", Shape.entries(Shape.text()), "{}", "Query parameters; one without a value is left out.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .optional("body", json(), "JSON body; ${items} is the list of a batch's items.");

    private static final ObjectShape JOIN = Shape.object("A part of the response that items share.")
            .required("from", PATH, "An object with the parts by their names.")
            .required("by", PATH, "Where an item states the name of its part.");

    private static final ObjectShape OPERATION = Shape.object("One way to ask.")
            .required("entity", Shape.oneOf("person", "company"), "Whom it asks about.")
            .withDefault(
                    "use",
                    Shape.flag(),
                    "true",
                    "Whether asks go to it; of several in use that take the same inputs, the first in the file does.")
            .required(
                    "needs",
                    Shape.someOf(Shape.someOf(Shape.oneOf(inputs()))),
                    "Sets of inputs; one whole set must be known.")
            .required("request", REQUEST, "The request.")
            .optional("batch", BATCH, "Only where one call carries several asks.")
            .withDefault("rules", Shape.list(RULE), "[]", "What responses mean; before the provider's own rules.")
            .withDefault(
                    "joins",
                    Shape.entries(JOIN),
                    "{}",
                    "What items share and name: it is read as if it stood in each of them, under this name.")
            .withDefault("result", PLACE, "''", "Where the subject lies in the response, or in a batch's item.")
            .withDefault(
                    "match",
                    ANY_OF,
                    "{}",
                    "What must hold in the subject for a match; of a list, one. Nothing: it has to fill a field.")
            .withDefault(
                    "miss",
                    ANY_OF,
                    "[]",
                    "What holds in the response, or in a batch's item, for a miss that comes with a 200; of a list, one."
                            + " What is neither match nor miss has an unknown outcome.")
            .withDefault("item-rules", Shape.list(ITEM_RULE), "[]", "What a subject's own status means.")
            .withDefault("complete", Shape.list(Shape.text()), "[]", "Fields without which a match is only partial.")
            .required("confidence", CONFIDENCE, "How sure an answer is.")
            .required("credits", CREDITS, "What it costs.")
            .required(
                    "fields",
                    Shape.entries(Shape.oneOf("person", "company"), Shape.entries(Shape.oneOf(fields()), FIELD)),
                    "Entity to model field to its place.");

    /** What a rule about a job says of one that brings no answer any more. */
    static final String GONE = "gone";

    private static final ObjectShape JOB_RULE = Shape.object("What a response about a job means under a condition.")
            .required("when", CONDITION, "The condition.")
            .required(
                    "is",
                    Shape.oneOf(
                            Stream.concat(meanings().stream(), Stream.of(GONE)).toList()),
                    "A verdict about the call, an outcome, or gone: no answer comes any more, and the rule of re-ask"
                            + " holds.")
            .required("reason", reason(), "A stable code for reports.");

    private static final ObjectShape POLL_REQUEST = Shape.object(
                    "How a job is asked for, at the operation's host; ${job_id} is its name.")
            .required("method", Shape.oneOf("get", "post"), "HTTP method.")
            .required(
                    "path",
                    Shape.matching(URL_PATH, "a path that starts with /, of URL characters and ${names}"),
                    "Path; may hold ${job_id}.")
            .withDefault("query", Shape.entries(Shape.text()), "{}", "Query parameters.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .optional("body", json(), "JSON body.");

    private static final VariantShape PENDING = Shape.variant(
                    "kind", "Whether the same request is made again, or the job that was accepted is asked for.")
            .when("same-request", Shape.object("The same request, made again, brings the answer."))
            .when(
                    "poll",
                    Shape.object("The response that accepts names a job, which is asked for.")
                            .required("job", PATH, "Where the accepting response names the job.")
                            .required("request", POLL_REQUEST, "How a job is asked for.")
                            .withDefault(
                                    "rules",
                                    Shape.list(JOB_RULE),
                                    "[]",
                                    "What responses mean; before the provider's own rules.")
                            .withDefault("items", PLACE, "''", "Where the items lie in a finished job of a batch.")
                            .withDefault(
                                    "result",
                                    PLACE,
                                    "''",
                                    "Where the subject lies in a finished job, or in an item of it.")
                            .withDefault(
                                    "miss",
                                    ANY_OF,
                                    "[]",
                                    "What holds in a finished job that found nobody; of a list, one."));

    private static final ObjectShape TOKEN_REQUEST = Shape.object(
                    "How a token is asked for, with a POST; ${client-id} is the key's part of that name.")
            .optional("host", Shape.text(), "One of hosts; the first if absent.")
            .required("path", Shape.matching("/[^\\s?#]*", "a path that starts with /"), "Path.")
            .withDefault("basic", Shape.flag(), "false", "Whether user and password go as HTTP Basic.")
            .withDefault("form", Shape.entries(Shape.text()), "{}", "Fields of a form.")
            .optional("body", json(), "JSON body, where there is no form.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.");

    private static final ObjectShape TOKEN = Shape.object("A token for a while, fetched for the key's parts.")
            .required("request", TOKEN_REQUEST, "How a token is asked for.")
            .required("token", PATH, "Where the answer holds the token.")
            .optional("expires-in", PATH, "Where it says for how many seconds.")
            .withDefault(
                    "lifetime", Shape.duration(), "50m", "How long a token is good, where the answer does not say.")
            .withDefault(
                    "sent-as",
                    Shape.variant("kind", "How the token travels.")
                            .when("bearer", Shape.object("No further setting."))
                            .when("header", Shape.object("A named place.").required("name", Shape.text(), "Header."))
                            .when("query", Shape.object("A named place.").required("name", Shape.text(), "Parameter.")),
                    "{kind: bearer}",
                    "How the token travels.");

    private static final ObjectShape WINDOW = Shape.object("A bound on calls.")
            .required("calls", Shape.integer(1, Integer.MAX_VALUE), "The most calls inside one window.")
            .required("per", Shape.duration(), "The window's length.")
            .withDefault("per-endpoint", Shape.flag(), "false", "Whether each endpoint has a window of its own.");

    /** A provider's file. */
    public static final ObjectShape SPEC = Shape.object("A provider: how to ask it, and how to read what it says.")
            .required(
                    "name", Shape.matching("[a-z][a-z0-9-]*", "a name in lower case"), "Its name; the file's name too.")
            .required("hosts", Shape.entries(Shape.url()), "Name to base URL.")
            .required("auth", auth(), "How the key travels.")
            .required("quota", Shape.list(WINDOW), "The windows that the provider publishes.")
            .optional(
                    "rate-headers",
                    Shape.object("Headers that tell its windows.")
                            .withDefault("limit", Shape.anyText(), "''", "The window's size.")
                            .withDefault("remaining", Shape.anyText(), "''", "Calls left.")
                            .withDefault("reset", Shape.anyText(), "''", "When the window opens."),
                    "Headers that tell its windows.")
            .required("re-ask", Shape.oneOf(ReAsk.class), "What may be done when the outcome of an ask is unknown.")
            .withDefault("deadline", Shape.duration(), "30s", "The bound on a whole exchange.")
            .withDefault("max-in-flight", Shape.integer(1, 4096), "64", "The most calls at once in one task.")
            .optional("pending", PENDING, "How an answer that is pending is fetched by a later run.")
            .withDefault("placeholders", Shape.list(Shape.text()), "[]", "Texts that stand for no value.")
            .withDefault("rules", Shape.list(RULE), "[]", "What responses mean, for all operations.")
            .required(
                    "operations",
                    Shape.entries(OPERATION),
                    "Name to operation; the first in use that takes the inputs is asked.");

    private SpecShape() {}

    private static Shape auth() {
        ObjectShape none = Shape.object("No further setting.");
        ObjectShape named = Shape.object("A named place.").required("name", Shape.text(), "Header or parameter.");
        return Shape.variant("kind", "How the key travels.")
                .when("bearer", none)
                .when("basic", none)
                .when("none", none)
                .when("header", named)
                .when("query", named)
                .when("token", TOKEN);
    }

    private static ScalarShape status() {
        return Shape.matching("[1-5](\\d\\d|xx)", "an HTTP status such as 404 or 5xx");
    }

    private static Shape json() {
        return Shape.recursive("json", self -> Shape.either(Shape.scalar(), Shape.list(self), Shape.entries(self)));
    }

    private static List<String> meanings() {
        List<String> words = new ArrayList<>();
        Arrays.stream(Verdict.values())
                .filter(verdict -> verdict != Verdict.ANSWERED)
                .map(SpecShape::kebab)
                .forEach(words::add);
        words.addAll(refusals());
        return words;
    }

    /** Outcomes that a rule may give: data comes from fields only. */
    private static List<String> refusals() {
        return outcomes().stream()
                .filter(word -> !Outcome.valueOf(constant(word)).hasData())
                .toList();
    }

    private static ScalarShape reason() {
        return Shape.matching("[a-z][a-z0-9_]*", "a code in snake case");
    }

    private static List<String> outcomes() {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.FAILED && outcome != Outcome.UNKNOWN)
                .map(SpecShape::kebab)
                .toList();
    }

    private static List<String> converters() {
        return Arrays.stream(Converter.values()).map(Converter::id).toList();
    }

    private static List<String> inputs() {
        return Arrays.stream(Input.values()).map(Input::id).toList();
    }

    private static List<String> fields() {
        return new ArrayList<>(new TreeSet<>(Stream.of(EntityKind.values())
                .flatMap(entity -> Field.of(entity).stream())
                .map(Field::path)
                .toList()));
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
