package io.tributary.jobs.identities;

import io.tributary.identity.Aliases;
import io.tributary.identity.Aliases.Link;
import io.tributary.identity.KnownSubject;
import io.tributary.model.KeyKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Carries rows of keys and their links through {@link Aliases}, on executors. */
final class JudgedLinks implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final StructType SCHEMA = StructType.fromDDL("lookup_key STRING, subject STRING, conflict STRING");

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Iterable<Row> all = () -> rows;
        return StreamSupport.stream(all.spliterator(), false)
                .flatMap(JudgedLinks::judged)
                .iterator();
    }

    private static Stream<Row> judged(Row row) {
        String key = row.getAs("lookup_key");
        List<Link> links = new ArrayList<>();
        for (Object each : row.getList(row.fieldIndex("links"))) {
            Row link = (Row) each;
            links.add(new Link(KeyKind.of(link.getAs("kind")), link.getAs("alias_hash"), subject(link, "subject")));
        }
        Aliases.Judged judged = Aliases.judge(subject(row, "lookup_key"), links);
        return Stream.concat(
                judged.same().stream().map(subject -> RowFactory.create(key, subject, null)),
                judged.conflicts().stream().map(alias -> RowFactory.create(key, null, alias)));
    }

    private static KnownSubject subject(Row row, String key) {
        return new KnownSubject(row.getAs(key), texts(row, "addresses"), texts(row, "pages"));
    }

    private static Set<String> texts(Row row, String column) {
        return Set.copyOf(row.getList(row.fieldIndex(column)));
    }
}
