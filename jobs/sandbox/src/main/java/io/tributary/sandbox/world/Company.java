package io.tributary.sandbox.world;

import java.util.List;

/**
 * A company of any domain; only the domain is real.
 *
 * @param revenue yearly, US dollars
 * @param linkedin the slug after {@code linkedin.com/company/}
 * @param twitter the handle, without @
 * @param phone E.164
 * @param lastUpdated ISO 8601 date
 */
public record Company(
        String id,
        String name,
        String legalName,
        String domain,
        String sector,
        String industry,
        String subIndustry,
        int employees,
        long revenue,
        int foundedYear,
        Place place,
        List<String> technologies,
        String linkedin,
        String twitter,
        String phone,
        String lastUpdated) {

    /** A usual band of head counts, such as {@code 51-200}. */
    public String employeeRange() {
        int[] tops = {10, 50, 200, 500, 1000, 5000, 10_000};
        int from = 1;
        for (int top : tops) {
            if (employees <= top) {
                return from + "-" + top;
            }
            from = top + 1;
        }
        return "10001+";
    }

    /** A usual band of yearly revenue, such as {@code $10M-$50M}. */
    public String revenueRange() {
        long[] tops = {1, 10, 50, 100, 250, 500, 1000};
        long from = 0;
        for (long top : tops) {
            if (revenue <= top * 1_000_000) {
                return "$" + from + "M-$" + top + "M";
            }
            from = top;
        }
        return "$1B+";
    }
}
