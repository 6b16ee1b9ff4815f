package io.tributary.provider;

import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a provider's file may say of one way to ask. */
final class OperationShape {
    private static final ObjectShape ITEM_RULE = Shape.object("What a subject's own status means.")
            .required(
                    "when",
                    Shape.object("When it holds.")
                            .required("body", SpecWords.BODY, "Path of the subject to a wanted value."),
                    "The condition.")
            .required(
                    "is",
                    Shape.oneOf(Stream.concat(SpecWords.refusals().stream(), Stream.of("transient", "credits-gone"))
                            .toList()),
                    "The subject's outcome; or transient: ask for it again; or credits-gone: they did not reach it, and the"
                            + " provider is off.")
            .required("reason", SpecWords.reason(), "A stable code for reports.");

    private static final ObjectShape FROM = Shape.object("Where a field comes from, and how it is read.")
            .required(
                    "from",
                    Shape.either(SpecWords.PATH, Shape.someOf(SpecWords.PATH)),
                    "Path, or paths of which the first with a value wins.")
            .required("as", Shape.oneOf(converters()), "How the value is read.");

    private static final Shape FIELD = Shape.either(SpecWords.PATH, Shape.someOf(SpecWords.PATH), FROM);

    private static final ObjectShape CONFIDENCE = Shape.object("How sure an answer is, from 0 to 1.")
            .optional("from", SpecWords.PATH, "Where the provider states it.")
            .withDefault("scale", Shape.decimal(0.0001, 1_000_000), "1", "What the provider's number is divided by.")
            .withDefault("table", Shape.entries(Shape.decimal(0, 1)), "{}", "The provider's words to a confidence.")
            .required("otherwise", Shape.decimal(0, 1), "Where the provider states none; alone, a constant.");

    private static final ObjectShape CREDITS = Shape.object(
                    "What an ask costs by its outcome; what is not named is free.")
            .withDefault(
                    "by-outcome",
                    Shape.entries(Shape.oneOf(SpecWords.outcomes()), Shape.decimal(0, 1_000_000)),
                    "{}",
                    "Outcome to credits.")
            .withDefault(
                    "by-entity",
                    Shape.entries(Shape.oneOf("person", "company"), Shape.decimal(0, 1_000_000)),
                    "{}",
                    "Entity to credits, on top, for each entity that an answer holds.")
            .optional("stated", SpecWords.PATH, "Where a response states what the whole call cost; prevails.")
            .required("worst", Shape.decimal(0, 1_000_000), "The most that one ask can cost; budgets are cut by it.");

    private static final ObjectShape BATCH = Shape.object("Several asks in one call.")
            .required("size", Shape.integer(2, 100_000), "The most asks in one call.")
            .withDefault(
                    "items", SpecWords.PLACE, "''", "Where the items lie in the response; nothing for the whole body.")
            .withDefault(
                    "keyed",
                    Shape.flag(),
                    "false",
                    "Whether the items are an object, each under our own reference, and no list.")
            .required("item", SpecWords.json(), "One item of the request; ${reference} is our own reference.")
            .optional("reference", SpecWords.PATH, "Where an item echoes our reference.")
            .withDefault(
                    "identity",
                    Shape.entries(Shape.oneOf(SpecWords.inputs()), SpecWords.PATH),
                    "{}",
                    "What an item states of its subject: input to path.")
            .withDefault(
                    "positional", Shape.flag(), "false", "Whether as many items as asks come in the order of the asks.")
            .withDefault(
                    "left-out",
                    Shape.oneOf("not-found", "ask-again"),
                    "ask-again",
                    "What it means that an ask has no item.");

    private static final ObjectShape REQUEST = Shape.object("How a request is made.")
            .required("method", Shape.oneOf("get", "post"), "HTTP method.")
            .optional("host", Shape.text(), "One of hosts; the first if absent.")
            .required(
                    "path",
                    Shape.matching(SpecWords.URL_PATH, "a path that starts with /, of URL characters and ${names}"),
                    "Path; may hold placeholders.")
            .withDefault(
                    "query",
                    Shape.entries(SpecWords.TEXTS),
                    "{}",
                    "Query parameters; one without a value is left out. Of several texts the first whose inputs are all"
                            + " known counts.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .withDefault(
                    "output-fields",
                    Shape.list(Shape.text()),
                    "[]",
                    "What is asked for by name, for ${output_fields}. One that a rule finds refused is left out from then on.")
            .withDefault(
                    "form",
                    Shape.entries(SpecWords.TEXTS),
                    "{}",
                    "Fields of a form; here and in query, ${items} gives one for each item of a batch.")
            .optional(
                    "body",
                    SpecWords.json(),
                    "JSON body, where there is no form; ${items} is the list of a batch's items.");

    private static final ObjectShape JOIN = Shape.object("A part of the response that items share.")
            .required("from", SpecWords.PATH, "An object with the parts by their names.")
            .required("by", SpecWords.PATH, "Where an item states the name of its part.");

    static final ObjectShape OPERATION = Shape.object("One way to ask.")
            .required("entity", Shape.oneOf("person", "company"), "Whom it asks about.")
            .withDefault(
                    "use",
                    Shape.flag(),
                    "true",
                    "Whether asks go to it; of several in use that take the same inputs, the first in the file does.")
            .required(
                    "needs",
                    Shape.someOf(Shape.someOf(Shape.oneOf(SpecWords.inputs()))),
                    "Sets of inputs; one whole set must be known.")
            .required("request", REQUEST, "The request.")
            .optional("batch", BATCH, "Only where one call carries several asks.")
            .optional(
                    "pending",
                    PendingShape.PENDING,
                    "How an answer that is pending is fetched, where the file's rule is not" + " this operation's.")
            .withDefault(
                    "rules", Shape.list(SpecWords.RULE), "[]", "What responses mean; before the provider's own rules.")
            .withDefault(
                    "joins",
                    Shape.entries(JOIN),
                    "{}",
                    "What items share and name: it is read as if it stood in each of them, under this name.")
            .withDefault(
                    "result", SpecWords.PLACE, "''", "Where the subject lies in the response, or in a batch's item.")
            .withDefault(
                    "match",
                    SpecWords.ANY_OF,
                    "{}",
                    "What must hold in the subject for a match; of a list, one. Nothing: it has to fill a field.")
            .withDefault(
                    "miss",
                    SpecWords.ANY_OF,
                    "[]",
                    "What holds in the response, or in a batch's item, for a miss that comes with a 200; of a list, one."
                            + " What is neither match nor miss has an unknown outcome.")
            .withDefault(
                    "agrees",
                    Shape.entries(Shape.oneOf(SpecWords.inputs()), SpecWords.PATH),
                    "{}",
                    "What a match states of its subject, input to path. One that states something else than was asked is of"
                            + " somebody else: not found.")
            .withDefault("item-rules", Shape.list(ITEM_RULE), "[]", "What a subject's own status means.")
            .withDefault("complete", Shape.list(Shape.text()), "[]", "Fields without which a match is only partial.")
            .withDefault(
                    "answers-also",
                    Shape.entries(Shape.oneOf("person", "company"), Shape.someOf(Shape.text())),
                    "{}",
                    "What must be known of the other entity for the answer to be one about it too, with no call of its own:"
                            + " {company: [name, domain, industry]}.")
            .required("confidence", CONFIDENCE, "How sure an answer is.")
            .required("credits", CREDITS, "What it costs.")
            .required(
                    "fields",
                    Shape.entries(Shape.oneOf("person", "company"), Shape.entries(Shape.oneOf(fields()), FIELD)),
                    "Entity to model field to its place.");

    private OperationShape() {}

    private static List<String> converters() {
        return Arrays.stream(Converter.values()).map(Converter::id).toList();
    }

    private static List<String> fields() {
        return new ArrayList<>(new TreeSet<>(Stream.of(EntityKind.values())
                .flatMap(entity -> Field.of(entity).stream())
                .map(Field::path)
                .toList()));
    }
}
