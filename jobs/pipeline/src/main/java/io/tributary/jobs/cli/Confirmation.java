package io.tributary.jobs.cli;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Somebody who can be asked before money is spent.
 *
 * @param answer the next line that he types; null if there is none
 */
record Confirmation(Supplier<String> answer, PrintStream out) {
    /** The person at the terminal; empty if input or output is none. */
    static Optional<Confirmation> atTerminal() {
        return Optional.ofNullable(System.console())
                .filter(Confirmation::isTerminal)
                .map(console -> new Confirmation(console::readLine, System.out));
    }

    /** From Java 22 on there is a console without a terminal, too, and it can tell. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }

    /** Whether he says yes; whatever is no yes is a no. */
    boolean says(String question) {
        out.print(question + " [y/N] ");
        out.flush();
        String line = answer.get();
        return line != null && Set.of("y", "yes").contains(line.strip().toLowerCase(Locale.ROOT));
    }
}
