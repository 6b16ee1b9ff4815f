package io.tributary.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DriverProcessTest {
    private static final long NOBODY = 999_999_999L;

    private final DriverProcess here = DriverProcess.current();

    @Test
    void aNumberThatStandsForNobodyHereIsOfAProcessThatIsGone() {
        assertFalse(here.isGone());
        assertTrue(new DriverProcess(here.host(), NOBODY, here.numbering(), "").isGone());
        assertTrue(new DriverProcess(here.host(), NOBODY, "", "").isGone(), "as version 0.1 wrote it");
    }

    /** A container has its own numbers, and may have the name of its machine. */
    @Test
    void whatWouldNotBeSeenFromHereIsNotTakenForGone() {
        assertFalse(new DriverProcess("elsewhere", NOBODY, here.numbering(), "").isGone());
        assertFalse(new DriverProcess(here.host(), NOBODY, "pid:[1]", "").isGone());
        assertFalse(new DriverProcess("", NOBODY, here.numbering(), "").isGone(), "machines without a name");
    }

    /** Linux may hide the processes of other users. */
    @Test
    void whereNotEvenTheFirstProcessIsSeenNobodyIsTakenForGone() {
        DriverProcess other = new DriverProcess(here.host(), NOBODY, here.numbering(), "");
        assertFalse(other.isGone(number -> false));
        assertTrue(other.isGone(number -> number == 1));
    }

    @Test
    void aPersonCanFindIt() {
        assertEquals("process 7 on host-1", new DriverProcess("host-1", 7, "", "").toString());
    }
}
