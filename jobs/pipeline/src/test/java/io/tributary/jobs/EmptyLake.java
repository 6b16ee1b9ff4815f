package io.tributary.jobs;

import io.tributary.jobs.table.Lake;
import io.tributary.jobs.table.TableRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Lakes whose tables are there and empty. They are made once in a process and then copied: to make one takes seconds. */
public final class EmptyLake {
    private static Path model;

    private EmptyLake() {}

    /** All tables below a folder. */
    public static Lake in(SparkSession spark, Path folder) {
        return of(spark, name -> folder.resolve(name).toString());
    }

    /** @param place from a table's name to its place; what is not on this disk is made there */
    public static Lake of(SparkSession spark, UnaryOperator<String> place) {
        Lake lake = new Lake(name -> new TableRef(place.apply(name)));
        lake.all().forEach((name, table) -> {
            if (table == lake.answerFields()) {
                return;
            }
            if (place.apply(name).startsWith("/")) {
                copy(model(spark).resolve(name), Path.of(place.apply(name)));
            } else {
                table.ensure(spark);
            }
        });
        return lake;
    }

    private static synchronized Path model(SparkSession spark) {
        try {
            if (model == null) {
                Path made = Files.createTempDirectory("tributary-empty-lake");
                new Lake(name -> new TableRef(made.resolve(name).toString())).ensure(spark);
                model = made;
            }
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            Files.createDirectories(to.getParent());
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
