package io.tributary.provider;

import io.tributary.yaml.ObjectShape;
import io.tributary.yaml.Shape;

/** What a provider's file may say of how a key travels. */
final class AuthShape {
    private static final ObjectShape ASSERTION = Shape.object(
                    "A JSON Web Token that the client signs with RS256 to show who it is.")
            .withDefault("claims", Shape.entries(Shape.text()), "{}", "Claims beside iat and exp, such as aud and iss.")
            .optional("key-id", Shape.text(), "Name of the signing key, for the token's header.")
            .withDefault("unique", Shape.flag(), "false", "Whether each one has a jti of its own.")
            .withDefault("lifetime", Shape.duration(), "5m", "How long one is good.")
            .withDefault(
                    "signed-by", Shape.text(), "private-key", "The key's part that holds the private key, as PEM.");

    private static final ObjectShape TOKEN_REQUEST = Shape.object(
                    "How a token is asked for, with a POST; ${client-id} is the key's part of that name.")
            .optional("host", Shape.text(), "One of hosts; the first if absent.")
            .required("path", Shape.matching("/[^\\s?#]*", "a path that starts with /"), "Path.")
            .withDefault("basic", Shape.flag(), "false", "Whether user and password go as HTTP Basic.")
            .withDefault("form", Shape.entries(Shape.text()), "{}", "Fields of a form.")
            .optional("body", SpecWords.json(), "JSON body, where there is no form.")
            .withDefault("headers", Shape.entries(Shape.text()), "{}", "Further headers.")
            .optional("assertion", ASSERTION, "What the client signs; it stands for ${assertion}.");

    private static final ObjectShape TOKEN = Shape.object("A token for a while, fetched for the key's parts.")
            .required(
                    "request",
                    Shape.either(TOKEN_REQUEST, Shape.someOf(TOKEN_REQUEST)),
                    "How a token is asked for; of several ways, the first for which the key has all parts.")
            .required("token", SpecWords.PATH, "Where the answer holds the token.")
            .optional("expires-in", SpecWords.PATH, "Where it says for how many seconds.")
            .optional(
                    "refresh-token",
                    SpecWords.PATH,
                    "Where it holds what the next one is asked for with. It replaces the key's part refresh-token, which"
                            + " must lie in a file that can be written.")
            .withDefault(
                    "lifetime", Shape.duration(), "50m", "How long a token is good, where the answer does not say.")
            .withDefault(
                    "sent-as",
                    Shape.variant("kind", "How the token travels.")
                            .when("bearer", Shape.object("No further setting."))
                            .when("header", Shape.object("A named place.").required("name", Shape.text(), "Header."))
                            .when("query", Shape.object("A named place.").required("name", Shape.text(), "Parameter."))
                            .when(
                                    "body",
                                    Shape.object("A named place.").required("name", Shape.text(), "Member or field.")),
                    "{kind: bearer}",
                    "How the token travels.");

    private AuthShape() {}

    static Shape auth() {
        ObjectShape none = Shape.object("No further setting.");
        ObjectShape named = Shape.object("A named place.").required("name", Shape.text(), "Header or parameter.");
        return Shape.variant("kind", "How the key travels.")
                .when("bearer", none)
                .when("basic", none)
                .when("none", none)
                .when("header", named)
                .when(
                        "headers",
                        Shape.object("Several headers.")
                                .required(
                                        "headers",
                                        Shape.entries(Shape.text()),
                                        "Header to text with ${parts} of the key."))
                .when("query", named)
                .when("body", named)
                .when("token", TOKEN);
    }
}
