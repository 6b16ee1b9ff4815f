package io.tributary.jobs.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;

import io.tributary.identity.RawField;
import io.tributary.model.EntityKind;
import io.tributary.model.Field;
import io.tributary.model.Identifiers.Input;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells people's employers by record id: from tonight's accounts, else from the golden ones of the same CRM. A Salesforce
 * id counts by its first 15 characters, because exports write it with and without its checksum.
 */
final class Employers {
    private static final String KEY = "employer_id";
    private static final String RANK = "employer_rank";

    private Employers() {}

    static Dataset<Row> join(Dataset<Row> rows, Optional<Dataset<Row>> goldenAccounts) {
        Column company = col(ExtractRows.ENTITY).equalTo(EntityKind.COMPANY.id());
        Dataset<Row> known = rows.where(company)
                .withColumn("cells", expr("from_json(" + MappedRows.RAW + ", 'map<string,string>')"))
                .select(
                        col(ExtractRows.SOURCE),
                        key(col(ExtractRows.RECORD_ID)),
                        cell(RawField.COMPANY_NAME).as(Identification.EMPLOYER_NAME),
                        cell(RawField.WEBSITE).as(Identification.EMPLOYER_SITE),
                        lit(1).as(RANK));
        if (goldenAccounts.isPresent()) {
            known = known.unionByName(goldenAccounts
                    .get()
                    .select(
                            col("_crm_source").as(ExtractRows.SOURCE),
                            key(col("_crm_id")),
                            col(Field.COMPANY_NAME.column()).as(Identification.EMPLOYER_NAME),
                            coalesce(col("_inputs").getItem(Input.DOMAIN.id()), col(Field.COMPANY_DOMAIN.column()))
                                    .as(Identification.EMPLOYER_SITE),
                            lit(0).as(RANK)));
        }
        Dataset<Row> employers = known.where(col(Identification.EMPLOYER_NAME).isNotNull())
                .groupBy(ExtractRows.SOURCE, KEY)
                .agg(
                        max_by(col(Identification.EMPLOYER_NAME), col(RANK)).as(Identification.EMPLOYER_NAME),
                        max_by(col(Identification.EMPLOYER_SITE), col(RANK)).as(Identification.EMPLOYER_SITE));
        Column reference = coalesce(col(MappedRows.COMPANY_REF), col(ExtractRows.ACCOUNT_ID));
        return rows.withColumn(KEY, key(reference))
                .join(employers, new String[] {ExtractRows.SOURCE, KEY}, "left")
                .drop(KEY);
    }

    private static Column cell(RawField field) {
        return col("cells").getItem(field.name());
    }

    private static Column key(Column id) {
        return org.apache
                .spark
                .sql
                .functions
                .when(org.apache.spark.sql.functions.length(id).equalTo(18), id.substr(1, 15))
                .otherwise(id)
                .as(KEY);
    }
}
