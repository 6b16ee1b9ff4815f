package io.tributary.sandbox.world;

import java.util.List;

/** Where someone works. All places share the telephone prefix +1, in which 555-01xx is reserved for fiction. */
public record Place(
        String city,
        String state,
        String stateCode,
        String country,
        String countryCode,
        String timeZone,
        int utcOffset,
        double lat,
        double lng,
        String areaCode) {
    static final List<Place> ALL = List.of(
            us("Denver", "Colorado", "CO", "America/Denver", -7, 39.74, -104.99, "303"),
            us("Austin", "Texas", "TX", "America/Chicago", -6, 30.27, -97.74, "512"),
            us("Boston", "Massachusetts", "MA", "America/New_York", -5, 42.36, -71.06, "617"),
            us("Seattle", "Washington", "WA", "America/Los_Angeles", -8, 47.61, -122.33, "206"),
            us("Chicago", "Illinois", "IL", "America/Chicago", -6, 41.88, -87.63, "312"),
            us("Atlanta", "Georgia", "GA", "America/New_York", -5, 33.75, -84.39, "404"),
            us("Phoenix", "Arizona", "AZ", "America/Phoenix", -7, 33.45, -112.07, "602"),
            us("Albany", "New York", "NY", "America/New_York", -5, 42.65, -73.76, "518"),
            canada("Toronto", "Ontario", "ON", "America/Toronto", -5, 43.65, -79.38, "416"),
            canada("Montréal", "Québec", "QC", "America/Toronto", -5, 45.50, -73.57, "514"),
            canada("Vancouver", "British Columbia", "BC", "America/Vancouver", -8, 49.28, -123.12, "604"));

    /** City, state code and country code in one line. */
    public String line() {
        return city + ", " + stateCode + ", " + countryCode;
    }

    /** A telephone number of the place, E.164, from the range that is never given to anyone. */
    String phone(Noise noise) {
        int last = noise.below(100);
        return "+1" + areaCode + "55501" + last / 10 + last % 10;
    }

    private static Place us(
            String city, String state, String code, String zone, int offset, double lat, double lng, String area) {
        return new Place(city, state, code, "United States", "US", zone, offset, lat, lng, area);
    }

    private static Place canada(
            String city, String state, String code, String zone, int offset, double lat, double lng, String area) {
        return new Place(city, state, code, "Canada", "CA", zone, offset, lat, lng, area);
    }
}
