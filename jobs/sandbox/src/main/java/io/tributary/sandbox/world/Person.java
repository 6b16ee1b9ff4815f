package io.tributary.sandbox.world;

/**
 * Someone who does not exist.
 *
 * @param phone E.164
 * @param linkedin the slug after {@code linkedin.com/in/}
 * @param lastUpdated ISO 8601 date
 */
public record Person(
        String id,
        String first,
        String last,
        String email,
        Job job,
        String phone,
        String linkedin,
        Company company,
        Place place,
        String lastUpdated) {
    public String full() {
        return first + " " + last;
    }
}
