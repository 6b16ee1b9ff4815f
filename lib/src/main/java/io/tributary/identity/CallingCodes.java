package io.tributary.identity;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Map;
import java.util.TreeMap;

/** The country codes of telephone numbers. */
public final class CallingCodes {
    private CallingCodes() {}

    /**
     * From a code such as {@code 49} to the country whose numbers begin with it, ISO 3166 alpha-2; where several share a code, to the
     * largest: {@code 1} is US. No code begins with another one. Codes of no country are left out.
     */
    public static Map<String, String> countries() {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        Map<String, String> countries = new TreeMap<>();
        for (int code : plans.getSupportedCallingCodes()) {
            String country = plans.getRegionCodeForCountryCode(code);
            if (country.length() == 2 && !country.equals("ZZ")) {
                countries.put(Integer.toString(code), country);
            }
        }
        return countries;
    }
}
