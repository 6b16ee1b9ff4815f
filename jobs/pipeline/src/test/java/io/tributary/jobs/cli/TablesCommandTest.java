package io.tributary.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TablesCommandTest {
    @Test
    void aTableOnAPathIsOpenedByItsPath() {
        assertEquals("""
                contacts
                  SQL     SELECT * FROM delta.`s3a://lake/contacts`
                  DuckDB  SELECT * FROM delta_scan('s3a://lake/contacts')
                  Polars  polars.read_delta("s3a://lake/contacts")
                """, TablesCommand.lines("contacts", "s3a://lake/contacts"));
    }

    @Test
    void aTableInACatalogIsOpenedByItsNameInSqlAndByItsLocationElsewhere() {
        for (String name : new String[] {"crm.contacts", "main.crm.contacts"}) {
            assertEquals("""
                    contacts
                      SQL     SELECT * FROM %1$s
                              DESCRIBE TABLE EXTENDED %1$s  (its row Location stands for LOCATION below)
                      DuckDB  SELECT * FROM delta_scan('LOCATION')
                      Polars  polars.read_delta("LOCATION")
                    """.formatted(name), TablesCommand.lines("contacts", name));
        }
    }
}
