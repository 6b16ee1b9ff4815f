package io.tributary.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;

/** What a telephone number is for, by its country's numbering plan. */
public enum LineType {
    MOBILE,
    LANDLINE,
    /** Neither: a number of a service, for instance. */
    OTHER;

    /**
     * What the plan says of a number.
     *
     * @return empty where it does not tell: the text is no number with its country code, or the plan gives one range to
     *     mobiles and landlines alike, as in North America
     */
    public static Optional<LineType> of(String number) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return switch (numbers.getNumberType(numbers.parse(number, null))) {
                case MOBILE -> Optional.of(MOBILE);
                case FIXED_LINE -> Optional.of(LANDLINE);
                case FIXED_LINE_OR_MOBILE, UNKNOWN -> Optional.empty();
                default -> Optional.of(OTHER);
            };
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
