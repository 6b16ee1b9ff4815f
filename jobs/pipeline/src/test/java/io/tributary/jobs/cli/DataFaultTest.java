package io.tributary.jobs.cli;

import io.tributary.jobs.SparkTest;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** An expression that fails on a row is told in a sentence. */
class DataFaultTest extends SparkTest {
    private String told(String expression) {
        Exception fault = Assertions.assertThrows(
                Exception.class,
                () -> spark().range(3).selectExpr(expression + " as it").collectAsList());
        return DataFault.of(new IllegalStateException("the step failed", fault)).orElse("");
    }

    @Test
    void aCastOrADivisionThatTheDataDoesNotAllowSaysSoAndWhatToDo() {
        String cast = told("cast(concat('a', id) as int)");
        Assertions.assertTrue(cast.contains("cast(concat('a', id) as int) (CAST_INVALID_INPUT)"), cast);
        Assertions.assertFalse(cast.contains("'a0'"), "a value may be somebody's: " + cast);
        String divided = told("1 / (id - 2)");
        Assertions.assertTrue(divided.startsWith("an expression of the settings or the command line fails"), divided);
        Assertions.assertTrue(divided.contains("1 / (id - 2) (DIVIDE_BY_ZERO)"), divided);
    }

    @Test
    void anythingElseIsNot() {
        Assertions.assertEquals("", told("raise_error('full')"));
        Assertions.assertTrue(DataFault.of(new IllegalStateException("a bug")).isEmpty());
    }
}
