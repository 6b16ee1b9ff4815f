package io.tributary.provider;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;
import io.tributary.yaml.VariantShape;
import java.util.Locale;
import java.util.stream.Stream;

/** What a provider's file may say of answers that come later. */
final class PendingShape {
    /** What a rule about a job says of one that brings no answer any more. */
    static final String GONE = "gone";

    private static final ObjectShape JOB_RULE = Shape.object("What a response about a job means under a condition.")
            .required("when", SpecWords.CONDITION, "The condition.")
            .required(
                    "is",
                    Shape.oneOf(Stream.concat(SpecWords.meanings().stream(), Stream.of(GONE))
                            .toList()),
                    "A verdict about the call, an outcome, or gone: no answer comes any more, and the rule of re-ask"
                            + " holds.")
            .required("reason", SpecWords.reason(), "A stable code for reports.");

    private static final ObjectShape POLL_REQUEST = Shape.object(
                    "How a job is asked for, at the operation's host; ${job_id} is its name.")
            .required("method", Shape.oneOf("get", "post"), "HTTP method.")
            .required(
                    "path",
                    Shape.matching(SpecWords.URL_PATH, "a path that starts with /, of URL characters and ${names}"),
                    "Path; may hold ${job_id}.")
            .withDefault("query", Shape.entries(SpecWords.TEXTS), "{}", "Query parameters.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .withDefault(
                    "output-fields", Shape.list(Shape.text()), "[]", "What is asked for by name, for ${output_fields}.")
            .withDefault("form", Shape.entries(SpecWords.TEXTS), "{}", "Fields of a form.")
            .optional("body", SpecWords.json(), "JSON body, where there is no form.");

    private static final ObjectShape PAGES = Shape.object("How the pages of a finished job are found.")
            .required(
                    "by",
                    Shape.oneOf(Stream.of(PageRule.By.values())
                            .map(by -> by.name().toLowerCase(Locale.ROOT))
                            .toList()),
                    "What the response states: list: the pages; total: how many there are; next: the page after it.")
            .required("at", SpecWords.PATH, "Where it states that.")
            .optional(
                    "request",
                    POLL_REQUEST,
                    "How a page is asked for, where the response about the job has no items itself; ${page} is the page."
                            + " Absent: the job's own request, whose ${page} has no value the first time.");

    private static final String WITHIN_RUN_TEXT =
            "How long a run waits for answers itself; absent: they are left to the next run.";

    private static final ObjectShape WITHIN_RUN = Shape.object(
                    "How often a run looks whether an answer is there; the wait doubles from look to look.")
            .withDefault("first", Shape.duration(), "5s", "The wait before the first look.")
            .withDefault("longest", Shape.duration(), "60s", "The longest wait between two looks.")
            .withDefault("in-all", Shape.duration(), "5m", "After this the answer is left to the next run.");

    static final VariantShape PENDING = Shape.variant(
                    "kind", "Whether the same request is made again, or the job that was accepted is asked for.")
            .when(
                    "same-request",
                    Shape.object("The same request, made again, brings the answer.")
                            .optional("within-run", WITHIN_RUN, WITHIN_RUN_TEXT))
            .when(
                    "poll",
                    Shape.object("The response that accepts names a job, which is asked for.")
                            .optional("within-run", WITHIN_RUN, WITHIN_RUN_TEXT)
                            .required("job", SpecWords.PATH, "Where the accepting response names the job.")
                            .required("request", POLL_REQUEST, "How a job is asked for.")
                            .withDefault(
                                    "rules",
                                    Shape.list(JOB_RULE),
                                    "[]",
                                    "What responses mean; before the provider's own rules.")
                            .optional("pages", PAGES, "Where the items of a job come in pages.")
                            .withDefault(
                                    "items", SpecWords.PLACE, "''", "Where the items lie in a finished job of a batch.")
                            .withDefault(
                                    "result",
                                    SpecWords.PLACE,
                                    "''",
                                    "Where the subject lies in a finished job, or in an item of it.")
                            .withDefault(
                                    "miss",
                                    SpecWords.ANY_OF,
                                    "[]",
                                    "What holds in a finished job that found nobody; of a list, one."));

    private PendingShape() {}
}
