package io.tributary.jobs.read;

import io.tributary.jobs.read.ExtractGuards.Finding;
import io.tributary.settings.SourceSettings;
import io.tributary.settings.SourceSettings.Format;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The extracts of one source as they lie there tonight, with what the guards say of them.
 *
 * @param source the source
 * @param files what is to be read
 * @param looks what a look through each found
 * @param carried the columns that no model field takes
 * @param findings what the guards say
 */
record FoundExtract(
        SourceSettings source,
        List<ExtractFile> files,
        List<ExtractLook> looks,
        List<CarriedColumn> carried,
        List<Finding> findings) {

    static FoundExtract of(SparkSession spark, SourceSettings source, ReadOptions options) throws IOException {
        ExtractGuards guards =
                new ExtractGuards(source.name(), source.full(), source.allowUnchanged(), source.maxShrink());
        List<ExtractFile> files = source.format() == Format.DELTA
                ? List.of()
                : new ExtractFiles(spark.sparkContext().hadoopConfiguration()).find(source, options.interval());
        List<ExtractLook> looks =
                switch (source.format()) {
                    case CSV, JSON, JSONL -> MappedExtract.look(spark, source, files);
                    case PARQUET -> ColumnarExtract.lookAtFiles(spark, source, files);
                    case DELTA -> ColumnarExtract.lookAtTable(spark, source);
                };
        if (looks.isEmpty()) {
            Finding missing = guards.missing(options.interval().inPath(source.path()));
            return new FoundExtract(source, files, looks, List.of(), List.of(missing));
        }
        List<ExtractInfo> last = options.lastRead().stream()
                .filter(info -> info.source().equals(source.name()))
                .toList();
        if (!source.full() && !source.allowUnchanged()) {
            Set<String> known = last.stream().map(ExtractInfo::sha256).collect(Collectors.toSet());
            List<ExtractLook> fresh = looks.stream()
                    .filter(look -> !known.contains(look.info().sha256()))
                    .toList();
            if (!fresh.isEmpty()) {
                Set<String> paths =
                        fresh.stream().map(look -> look.info().path()).collect(Collectors.toSet());
                files = files.stream()
                        .filter(file -> paths.contains(file.path()))
                        .toList();
                looks = fresh;
            }
        }
        List<CarriedColumn> carried = MappedExtract.carried(
                source, looks, options.typesOf(source.object().entity()));
        return new FoundExtract(source, files, looks, carried, guards.judge(looks, last, needed(source, looks)));
    }

    /** A record without an id is nobody: one of the columns that may hold it must be there. */
    private static Set<String> needed(SourceSettings source, List<ExtractLook> looks) {
        List<String> ids = source.mapping().recordId();
        boolean there = looks.stream().allMatch(look -> ids.stream().anyMatch(look.columns()::contains));
        return there ? Set.of() : Set.of(ids.get(0));
    }

    List<String> refusals() {
        return findings.stream().filter(Finding::stops).map(Finding::message).toList();
    }

    List<String> notices() {
        return findings.stream().filter(f -> !f.stops()).map(Finding::message).toList();
    }

    List<ExtractInfo> infos() {
        return looks.stream().map(ExtractLook::info).toList();
    }

    Dataset<Row> rows(SparkSession spark) {
        return switch (source.format()) {
            case CSV, JSON, JSONL -> MappedExtract.rows(spark, source, files, carried);
            case PARQUET -> ColumnarExtract.rowsOfFiles(spark, source, files, carried);
            case DELTA ->
                ColumnarExtract.rowsOfTable(spark, source, looks.get(0).info(), carried);
        };
    }
}
