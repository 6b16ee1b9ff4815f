package io.tributary.jobs.cli;

import io.tributary.settings.LakeSettings;
import io.tributary.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tributary tables}. */
@Command(
        name = "tables",
        description = "Prints the lines that open each table in SQL, DuckDB and Polars.",
        mixinStandardHelpOptions = true)
final class TablesCommand implements Callable<Integer> {
    @Mixin
    ConfOptions conf;

    @Override
    public Integer call() {
        Settings settings = conf.load();
        for (String table : LakeSettings.TABLES) {
            System.out.print(lines(table, settings.lake().table(table)));
        }
        return 0;
    }

    /** The lines for one table; DuckDB and Polars open one in a catalog by its location, which the catalog tells. */
    static String lines(String table, String place) {
        if (LakeSettings.isName(place)) {
            return table + "\n"
                    + "  SQL     SELECT * FROM " + place + "\n"
                    + "          DESCRIBE TABLE EXTENDED " + place + "  (its row Location stands for LOCATION below)\n"
                    + reader("LOCATION");
        }
        return table + "\n  SQL     SELECT * FROM delta.`" + place + "`\n" + reader(place);
    }

    private static String reader(String place) {
        return "  DuckDB  SELECT * FROM delta_scan('" + place + "')\n" + "  Polars  polars.read_delta(\"" + place
                + "\")\n";
    }
}
