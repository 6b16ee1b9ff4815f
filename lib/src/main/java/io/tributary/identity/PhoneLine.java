package io.tributary.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/**
 * A telephone line that exists in its country's numbering plan.
 *
 * @param e164 the number, such as {@code +493012345678}
 * @param extension the digits behind it; empty if there are none
 */
record PhoneLine(String e164, String extension) {
    /**
     * Reads a number as somebody in that country writes it.
     *
     * @param region ISO alpha-2 of the row's country; without it only numbers with their country code can be read
     */
    static Reading<PhoneLine> read(String text, Optional<String> region) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, region.orElse(null));
            if (!numbers.isValidNumber(number)) {
                return Reading.refused("not_a_number");
            }
            return Reading.of(new PhoneLine(numbers.format(number, PhoneNumberFormat.E164), number.getExtension()));
        } catch (NumberParseException e) {
            boolean homeless = e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE;
            return Reading.refused(homeless && region.isEmpty() ? "no_country" : "not_a_number");
        }
    }

    /** The line as it stands in a key: {@code +493012345678;ext=12}. */
    String line() {
        return extension.isEmpty() ? e164 : e164 + ";ext=" + extension;
    }

    @Override
    public String toString() {
        return "phone";
    }
}
