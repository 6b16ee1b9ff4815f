package io.tributary.jobs.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * While it is open, hears everything that this JVM logs: Tributary and its HTTP client at DEBUG, all others from INFO. The
 * listener is called by whoever logs, one at a time.
 */
final class LogTap extends AbstractAppender implements AutoCloseable {
    private static final String[] CLOSELY = {"io.tributary", "org.apache.hc"};

    private final LoggerContext context = LoggerContext.getContext(false);
    private final Consumer<String> listener;
    private final AtomicLong events = new AtomicLong();
    private final Level quiet;
    private final Map<String, LoggerConfig> replaced = new HashMap<>();

    LogTap(Consumer<String> listener) {
        super("tap", null, null, true, Property.EMPTY_ARRAY);
        this.listener = listener;
        start();
        Configuration configuration = context.getConfiguration();
        quiet = configuration.getRootLogger().getLevel();
        configuration.getRootLogger().setLevel(Level.INFO);
        configuration.getRootLogger().addAppender(this, Level.INFO, null);
        for (String name : CLOSELY) {
            if (configuration.getLoggers().containsKey(name)) {
                replaced.put(name, configuration.getLoggers().get(name));
                configuration.removeLogger(name);
            }
            LoggerConfig close = new LoggerConfig(name, Level.DEBUG, false);
            close.addAppender(this, Level.DEBUG, null);
            configuration.addLogger(name, close);
        }
        context.updateLoggers();
    }

    @Override
    public synchronized void append(LogEvent event) {
        events.incrementAndGet();
        listener.accept(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            StringWriter trace = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(trace));
            listener.accept(trace.toString());
        }
    }

    /** How much was logged. */
    long events() {
        return events.get();
    }

    @Override
    public void close() {
        Configuration configuration = context.getConfiguration();
        configuration.getRootLogger().removeAppender(getName());
        configuration.getRootLogger().setLevel(quiet);
        for (String name : CLOSELY) {
            configuration.removeLogger(name);
        }
        replaced.forEach(configuration::addLogger);
        context.updateLoggers();
        stop();
    }
}
