package io.tributary.jobs.privacy;

import io.tributary.journal.Segment;
import io.tributary.journal.SegmentCodec;
import io.tributary.journal.SegmentErasure;
import io.tributary.journal.UnknownVersionException;
import io.tributary.privacy.Traces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Of segment files those that must be written anew, and how many records of each are theirs. Runs on executors. */
record TheirSegments(Traces traces) implements FlatMapFunction<Row, Row> {
    /** {@code unreadable}: why a segment can't be read, if a newer program wrote it. */
    static final StructType SCHEMA = StructType.fromDDL("path STRING, records BIGINT, unreadable STRING");

    @Override
    public Iterator<Row> call(Row file) throws IOException {
        String path = file.getAs("path");
        try {
            Segment segment = SegmentCodec.read(path, new ByteArrayInputStream(file.<byte[]>getAs("content")));
            Optional<SegmentErasure.Result> left = SegmentErasure.of(segment, traces);
            return left.map(result -> RowFactory.create(path, result.records(), null)).stream()
                    .iterator();
        } catch (UnknownVersionException newer) {
            return List.of(RowFactory.create(path, 0L, newer.getMessage())).iterator();
        }
    }
}
