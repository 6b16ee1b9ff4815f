package io.tributary.jobs.read;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was read tonight. Both data sets are computed once and kept until {@link #close()}.
 *
 * @param rows one row for each CRM record, schema of {@link ExtractRows}; those that nothing identifies are among them
 * @param rejects what could not be read or identified, schema of {@link RejectRows}
 * @param extracts what was read, for the ledger
 * @param carried the CRM's own columns to be carried through
 * @param notices what a person should be told, although the run goes on
 */
public record ReadResult(
        Dataset<Row> rows,
        Dataset<Row> rejects,
        List<ExtractInfo> extracts,
        List<CarriedColumn> carried,
        List<String> notices)
        implements AutoCloseable {
    public ReadResult {
        extracts = List.copyOf(extracts);
        carried = List.copyOf(carried);
        notices = List.copyOf(notices);
    }

    /** Frees what the cluster holds of the data sets. */
    @Override
    public void close() {
        rows.unpersist();
        rejects.unpersist();
    }
}
