package io.tributary.jobs.drift;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The fields of many answers, on executors: each once for a task, with the time of the first answer that has it. */
final class AnswerFields implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final StructType SCHEMA = new StructType()
            .add("provider", DataTypes.StringType)
            .add("entity", DataTypes.StringType)
            .add("operation", DataTypes.StringType)
            .add("path", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("first_seen", DataTypes.TimestampType)
            .add("run_id", DataTypes.StringType);

    private record Key(String provider, String entity, String operation, FieldPaths.Typed field) {}

    private record First(Timestamp at, String run) {}

    @Override
    public Iterator<Row> call(Iterator<Row> answers) {
        Map<Key, First> firsts = new HashMap<>();
        while (answers.hasNext()) {
            Row answer = answers.next();
            First here = new First(answer.getAs("fetched_at"), answer.getAs("run_id"));
            for (FieldPaths.Typed field : FieldPaths.of(answer.getAs("raw_body"))) {
                Key key = new Key(answer.getAs("provider"), answer.getAs("entity"), answer.getAs("operation"), field);
                firsts.merge(key, here, (one, other) -> other.at().before(one.at()) ? other : one);
            }
        }
        List<Row> rows = new ArrayList<>();
        firsts.forEach((key, first) -> rows.add(RowFactory.create(
                key.provider(),
                key.entity(),
                key.operation(),
                key.field().path(),
                key.field().type(),
                first.at(),
                first.run())));
        return rows.iterator();
    }
}
