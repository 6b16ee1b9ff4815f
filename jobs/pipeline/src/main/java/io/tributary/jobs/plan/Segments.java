package io.tributary.jobs.plan;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.tributary.identity.CallingCodes;
import io.tributary.order.Segment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * To which {@link Segment} a key belongs: by what is known of it without any answer about it, so that a key that nobody found
 * is counted where it would have been planned.
 */
final class Segments {
    /** Endings that are sold to anybody, and that search engines take for no country. */
    private static final Set<String> GENERIC = Set.of(
            "AC", "AD", "AI", "AS", "BZ", "CC", "CD", "CO", "DJ", "FM", "GG", "IM", "IO", "LA", "LY", "ME", "MS", "NU",
            "SC", "SH", "SR", "ST", "SU", "TK", "TO", "TV", "VC", "WS");

    private static final String KIND = "substring_index(lookup_key, ':', 1)";
    private static final String VALUE = "substring(lookup_key, instr(lookup_key, ':') + 1)";
    private static final String PHONE = "coalesce(inputs['phone'], if(" + KIND + " = 'phone', " + VALUE + ", null))";
    private static final String DOMAIN = "coalesce(inputs['domain'], if(" + KIND + " = 'domain', " + VALUE + ", null))";
    private static final String MAIL_HOST =
            "substring_index(coalesce(inputs['email'], if(" + KIND + " = 'email', " + VALUE + ", null)), '@', -1)";
    private static final String ENDING =
            "upper(regexp_extract(coalesce(" + DOMAIN + ", " + MAIL_HOST + "), '[.]([a-z]{2})$', 1))";

    private Segments() {}

    /** The domain of the company that a row is about, or at which its person works; null if that is not known. */
    static Column domain() {
        return expr(DOMAIN);
    }

    /**
     * Rows with their {@code country} and {@code company_size}.
     *
     * @param rows with {@code lookup_key}, {@code inputs}, which may be null, and {@code employees}, which may be too
     */
    static Dataset<Row> of(Dataset<Row> rows) {
        return rows.withColumn(
                        "country",
                        coalesce(expr("inputs['country']"), phoneCountry(), domainCountry(), lit(Segment.UNKNOWN)))
                .withColumn(
                        "company_size",
                        when(col("employees").leq(50), "1-50")
                                .when(col("employees").leq(1000), "51-1000")
                                .when(col("employees").gt(1000), "1001+")
                                .otherwise(Segment.UNKNOWN))
                .drop("employees");
    }

    private static Column phoneCountry() {
        String codes = "str_to_map('" + joined(CallingCodes.countries()) + "', ',', ':')";
        return expr("if(" + PHONE + " like '+%', coalesce(element_at(" + codes + ", substring(" + PHONE + ", 2, 1)),"
                + " element_at(" + codes + ", substring(" + PHONE + ", 2, 2)),"
                + " element_at(" + codes + ", substring(" + PHONE + ", 2, 3))), null)");
    }

    private static Column domainCountry() {
        // A set is looked up at once, and a map of Spark's is read from its beginning.
        Object[] endings = Arrays.stream(Locale.getISOCountries())
                .filter(country -> !GENERIC.contains(country))
                .toArray();
        return when(expr(ENDING).isin(endings), expr(ENDING)).when(expr(ENDING).equalTo("UK"), "GB");
    }

    private static String joined(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
