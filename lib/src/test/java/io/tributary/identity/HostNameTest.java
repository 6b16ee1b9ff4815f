package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://www.Acme.com/about?x=1#y | www.acme.com",
                "acme.com | acme.com",
                "ACME.COM. | acme.com",
                "//acme.com/x | acme.com",
                "http:/acme.com | acme.com",
                "http//acme.com | ''",
                "http;//acme.com | acme.com",
                "https://https://acme.com | acme.com",
                "https://user:secret@acme.com:8443/x | acme.com",
                "ada@acme.com | acme.com",
                "acme.com, acme.de | acme.com",
                "https://acme.com?u=https://beta.com | acme.com",
                "http://münchen.de | xn--mnchen-3ya.de",
                "http://XN--MNCHEN-3YA.de | xn--mnchen-3ya.de",
                "ａｃｍｅ．ｃｏｍ | acme.com",
                "食狮。公司。cn | xn--85x722f.xn--55qx5d.cn",
                "http://10.0.0.1/x | ''",
                "http://[::1]/x | ''",
                "localhost | ''",
                "Acme Inc | ''",
                "-acme.com | ''",
                "acme..com | ''",
                "acme.com_ | acme.com_",
                "javascript:alert(1) | ''",
            })
    void readsTheHostOfAnAddress(String address, String host) {
        assertEquals(Optional.of(host).filter(text -> !text.isEmpty()), HostName.ofUrl(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bücher", "παράδειγμα", "пример", "例え", "실례", "a·b"})
    void encodesLabelsThatTheJdkDecodesAgain(String label) {
        String ascii = HostName.ascii(label + ".com").orElseThrow();
        assertEquals(label + ".com", java.net.IDN.toUnicode(ascii));
    }

    @Test
    void sharpSIsNotDoubleS() {
        assertEquals(Optional.of("xn--fa-hia.de"), HostName.ascii("faß.de"));
        assertNotEquals(HostName.ascii("fass.de"), HostName.ascii("faß.de"));
    }

    @Property
    void whatWasReadIsReadTheSameAgain(@ForAll String text) {
        Optional<String> once = HostName.ascii(text);
        assertEquals(once, once.flatMap(HostName::ascii));
        Optional<String> host = HostName.ofUrl(text);
        assertEquals(host, host.flatMap(HostName::ofUrl));
    }
}
