package io.tributary.sandbox.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.wire.Json;
import java.util.List;

/** The habits of the common API, and what they do to a body. */
final class ExampleQuirks {
    static final Quirk JOB = Quirk.rare("job", "a person or company is accepted as a job, and paid then");
    static final Quirk JOB_FAILED =
            Quirk.rare("job-failed", "a person or company is accepted as a job, paid, and the job fails");
    static final Quirk SLOW_JOB = Quirk.rare("slow-job", "a job is unfinished for three looks more");
    static final Quirk ID_ALONE =
            Quirk.rare("id-alone", "of a person or company only the id is told, at the price of all");
    static final Quirk NEW_FIELDS = Quirk.rare("new-fields", "an answer holds fields that nobody has described");
    static final Quirk CONFIDENCE_ABSENT = Quirk.rare("confidence-absent", "an answer states no confidence");
    static final Quirk ERROR_IN_200 =
            Quirk.rare("error-in-200", "a 200 holds an error and nothing of the person; it is free");

    static final List<Quirk> ALL =
            List.of(JOB, JOB_FAILED, SLOW_JOB, ID_ALONE, NEW_FIELDS, CONFIDENCE_ABSENT, ERROR_IN_200);

    private ExampleQuirks() {}

    /** What was found, as the habits leave it. */
    static ObjectNode bent(ObjectNode found, String input, Desk desk) {
        if (desk.shows(ID_ALONE, input)) {
            found.retain("id", "confidence");
        }
        if (desk.shows(CONFIDENCE_ABSENT, input)) {
            found.remove("confidence");
        }
        if (desk.shows(NEW_FIELDS, input)) {
            found.put("mood", "sunny").set("pets", Json.array(List.of("cat")));
            found.putObject("badge").put("colour", "green").putNull("since");
        }
        return found;
    }
}
