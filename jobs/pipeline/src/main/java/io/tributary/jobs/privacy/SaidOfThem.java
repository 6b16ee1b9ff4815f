package io.tributary.jobs.privacy;

import io.tributary.privacy.Traces;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Of rows of history those that are about people who are to be erased, or name them. Runs on executors. */
record SaidOfThem(Traces traces) implements FlatMapFunction<Row, Row> {
    /** What it reads. */
    static final String[] READ = {
        "bucket",
        "response_id",
        "entity",
        "lookup_key",
        "person.email as email",
        "person.linkedin as linkedin",
        "raw_body"
    };

    /** {@code what}: answer, if it is about them; person, if it is about a company and brings them along; body, if that names them. */
    static final StructType SCHEMA = StructType.fromDDL("bucket INT, response_id STRING, what STRING");

    @Override
    public Iterator<Row> call(Row row) {
        List<Row> found = new ArrayList<>();
        String lookupKey = row.getAs("lookup_key");
        boolean named = traces.isNamedIn(row.getAs("email")) || traces.isNamedIn(row.getAs("linkedin"));
        boolean ofPerson = "person".equals(row.getAs("entity"));
        if (lookupKey != null && traces.isKey(lookupKey) || named && ofPerson) {
            found.add(hit(row, "answer"));
        } else if (named) {
            found.add(hit(row, "person"));
        } else if (traces.isNamedIn(row.getAs("raw_body"))) {
            found.add(hit(row, "body"));
        }
        return found.iterator();
    }

    private static Row hit(Row row, String what) {
        return RowFactory.create(row.getAs("bucket"), row.getAs("response_id"), what);
    }
}
