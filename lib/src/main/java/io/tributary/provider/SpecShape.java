package io.tributary.provider;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;

/** What a provider's file may say: the declaration that checks files and writes their JSON Schema. */
public final class SpecShape {
    private static final ObjectShape RATE_HEADERS = Shape.object("Headers that tell a window.")
            .withDefault(
                    "limit", Shape.anyText(), "''", "The window's size; NAME#MEMBER where the header is an object.")
            .withDefault("remaining", Shape.anyText(), "''", "Calls left.")
            .withDefault("reset", Shape.anyText(), "''", "When the window opens.")
            .optional("per", Shape.duration(), "The length of the window that they tell, where there are several.");

    /** A provider's file. */
    public static final ObjectShape SPEC = Shape.object("A provider: how to ask it, and how to read what it says.")
            .required(
                    "name", Shape.matching("[a-z][a-z0-9-]*", "a name in lower case"), "Its name; the file's name too.")
            .required("hosts", Shape.entries(Shape.url()), "Name to base URL.")
            .required("auth", AuthShape.auth(), "How the key travels.")
            .required("quota", Shape.list(WindowShape.WINDOW), "The windows that the provider publishes.")
            .optional(
                    "rate-headers",
                    Shape.either(RATE_HEADERS, Shape.list(RATE_HEADERS)),
                    "Headers that tell its windows; a list where each window has its own.")
            .required("re-ask", Shape.oneOf(ReAsk.class), "What may be done when the outcome of an ask is unknown.")
            .withDefault("deadline", Shape.duration(), "30s", "The bound on a whole exchange.")
            .withDefault("max-in-flight", Shape.integer(1, 4096), "64", "The most calls at once in one task.")
            .optional("pending", PendingShape.PENDING, "How an answer that is pending is fetched by a later run.")
            .optional("live", LiveShape.LIVE, "How the file is tried against the provider itself without paying.")
            .optional(
                    "balance", BalanceShape.BALANCE, "Where the provider tells what is left of the account's credits.")
            .withDefault("placeholders", Shape.list(Shape.text()), "[]", "Texts that stand for no value.")
            .withDefault("rules", Shape.list(SpecWords.RULE), "[]", "What responses mean, for all operations.")
            .required(
                    "operations",
                    Shape.entries(OperationShape.OPERATION),
                    "Name to operation; the first in use that takes the inputs is asked.");

    private SpecShape() {}
}
