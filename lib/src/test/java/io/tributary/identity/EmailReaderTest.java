package io.tributary.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class EmailReaderTest {
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();
    private static final MailHosts HOSTS = MailHosts.shipped();

    private final EmailReader strict = reader(false);
    private final EmailReader lenient = reader(true);

    private static EmailReader reader(boolean allowTestHosts) {
        return new EmailReader(HOSTS, new ReservedHosts(new Options(allowTestHosts), SUFFIXES));
    }

    private static String decision(EmailReader reader, String cell) {
        return CellText.of(RawField.EMAIL, cell)
                .map(reader::read)
                .map(reading -> reading.value()
                        .map(found -> "send " + found.deliverable())
                        .orElseGet(() -> "refuse " + reading.refusal().orElseThrow()))
                .orElse("refuse absent");
    }

    private static String canonical(String cell) {
        return reader(true).read(CellText.visible(cell)).value().orElseThrow().canonical();
    }

    @Test
    void decidesOnEveryPublishedCase() throws Exception {
        Map<String, String> expected = TestData.csv("isemail/decisions.csv").stream()
                .collect(Collectors.toMap(row -> row.get("id"), row -> row.get("decision") + " " + row.get("detail")));
        byte[] xml = TestData.text("isemail/tests.xml").getBytes(StandardCharsets.UTF_8);
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getElementsByTagName("test");
        assertEquals(82, cases.getLength());

        List<String> wrong = new ArrayList<>();
        int sent = 0;
        for (int i = 0; i < cases.getLength(); i++) {
            Element published = (Element) cases.item(i);
            String id = published.getAttribute("id");
            String decided = decision(strict, withControls(child(published, "address")));
            if (!decided.equals(expected.get(id))) {
                wrong.add(id + "," + decided.replaceFirst(" ", ",") + " instead of " + expected.get(id));
            }
            if (decided.startsWith("send")) {
                sent++;
                String category = child(published, "category");
                boolean trimmed = CellText.visible(withControls(child(published, "address")))
                        .equals("test@iana.org");
                assertTrue(
                        trimmed || category.equals("ISEMAIL_VALID_CATEGORY") || category.equals("ISEMAIL_DNSWARN"),
                        id + " is sent although " + category);
            }
        }
        assertEquals(List.of(), wrong);
        Figures.put("isemail.cases", cases.getLength());
        Figures.put("isemail.sent", sent);
    }

    /** The file writes control characters as the pictures that Unicode has for them. */
    private static String withControls(String text) {
        return text.codePoints()
                .map(point -> point >= 0x2400 && point <= 0x2421 ? point - 0x2400 : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String child(Element published, String name) {
        return published.getElementsByTagName(name).item(0).getTextContent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Ada.Lovelace@ACME.com | send Ada.Lovelace@acme.com",
                "mailto:ada@acme.com?subject=hi | send ada@acme.com",
                "MAILTO:ada%40acme.com | send ada@acme.com",
                "Ada Lovelace <ada@acme.com> | send ada@acme.com",
                "\"Lovelace, Ada\" <ada@acme.com> | send ada@acme.com",
                "'ada@acme.com' | send ada@acme.com",
                "ada@acme.com; ada@beta.com | send ada@acme.com",
                "ada@acme.com, | send ada@acme.com",
                "ada@münchen.de | send ada@xn--mnchen-3ya.de",
                "ａｄａ＠ａｃｍｅ．ｃｏｍ | refuse not_an_address",
                "josé@acme.com | refuse non_ascii_local_part",
                "ada lovelace@acme.com | refuse not_an_address",
                "ada@acme.com.invalid | refuse reserved_test_host",
                "ada@example.com | refuse reserved_test_host",
                "ada@mail.example.org | refuse reserved_test_host",
                "ada@acme.example | refuse reserved_test_host",
                "ada@notexample.com | send ada@notexample.com",
                "ada@printer.local | refuse private_host",
                "ada@gmail.con | refuse unknown_top_level",
                "ada@localhost | refuse not_a_host",
                "ada@my_host.com | refuse not_a_host",
                "5d41402abc4b2a76b9719d911017c592 | refuse hashed",
                "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 | refuse hashed",
                "5d41402abc4b2a76b9719d911017c592@acme.com | refuse hashed",
                "(blank) | refuse absent",
                "N/A | refuse absent",
                "na | refuse absent",
            })
    void sendsOnlyWhatAProviderCanKnow(String cell, String decision) {
        assertEquals(decision, decision(strict, cell));
    }

    @Test
    void readsWhatIsHiddenFromTheEye() {
        assertEquals("send ada@acme.com", decision(strict, "\u202aada@acme\u200b.com\u202c\u00a0\r\n"));
    }

    @Test
    void testHostsAreOrdinaryWhereTheyAreAllowed() {
        assertEquals("send ada@example.com", decision(lenient, "ada@example.com"));
        assertEquals("send ada@acme.example", decision(lenient, "ada@acme.example"));
        assertEquals("refuse private_host", decision(lenient, "ada@printer.local"));
    }

    @ParameterizedTest
    @CsvSource({
        "A.da+crm@gmail.com, ada@gmail.com",
        "ada@googlemail.com, ada@gmail.com",
        "a.da+crm@hotmail.co.uk, a.da@hotmail.co.uk",
        "Ada+x@outlook.de, ada@outlook.de",
        "ada+x@live.com, ada@live.com",
        "a.da+x@fastmail.com, a.da@fastmail.com",
        "ada+x@proton.me, ada@proton.me",
        "ada+x@icloud.com, ada@icloud.com",
        "a.da+crm@acme.com, a.da+crm@acme.com",
        "ada+x@outlook.acme.com, ada+x@outlook.acme.com",
        "+x@gmail.com, +x@gmail.com",
    })
    void dropsTagsAndDotsOnlyWhereTheHostIgnoresThem(String cell, String canonical) {
        assertEquals(canonical, canonical(cell));
    }

    @Test
    void theAddressThatIsSentKeepsItsTag() {
        assertEquals("send A.da+crm@gmail.com", decision(strict, "A.da+crm@GMAIL.com"));
        assertNotEquals(canonical("ada@gmail.com"), canonical("ada@protonmail.com"));
    }

    @Property
    void readsItsOwnOutputTheSame(@ForAll @StringLength(max = 20) String local, @ForAll boolean google) {
        String host = google ? "@googlemail.com" : "@Acme.com";
        Optional<EmailAddress> once = CellText.of(RawField.EMAIL, local + host)
                .flatMap(text -> strict.read(text).value());
        once.ifPresent(address -> {
            assertEquals(once, strict.read(address.deliverable()).value());
            assertEquals(address.canonical(), canonical(address.canonical()));
        });
    }

    @Property
    void readsPlainAddressesOfEveryCase(
            @ForAll @net.jqwik.api.constraints.AlphaChars @StringLength(min = 1, max = 12) String local) {
        assertEquals("send " + local + "@acme.com", decision(strict, " " + local + "@ACME.COM "));
    }
}
