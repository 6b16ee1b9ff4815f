package io.tributary.jobs.cluster;

import io.tributary.call.Ticket;
import io.tributary.credential.Grants;
import io.tributary.credential.KeySource;
import io.tributary.credential.KeyUse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver's keys, from an executor. Thread-safe; the driver is asked on a thread of its own. */
public final class DriverWire implements KeySource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverWire.class);

    private static final Duration AGAIN = Duration.ofMillis(100);

    /** Longer than a provider may take for a token. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Brings a message to the driver, and its answer back. */
    interface Line {
        Object ask(Object message) throws Exception;
    }

    private final Line line;
    private final String run;
    private final ScheduledExecutorService thread;

    DriverWire(Line line, String run) {
        this.line = line;
        this.run = run;
        this.thread = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread worker = new Thread(action, "tributary-driver-wire");
            worker.setDaemon(true);
            return worker;
        });
    }

    @Override
    public CompletionStage<Grants> grants(String provider) {
        return asked(KeyRequest.grants(run, provider));
    }

    @Override
    public CompletionStage<Grants> refused(String provider, Ticket ticket) {
        return asked(KeyRequest.refused(run, provider, ticket));
    }

    /** Waits a moment, so that a task's last report is there before the run looks at it. */
    @Override
    public void used(String provider, List<KeyUse> uses) {
        try {
            told(KeyRequest.used(run, provider, uses)).get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException lost) {
            LOG.warn("the driver was not told how often the keys of {} were used: {}", provider, lost.toString());
        }
    }

    /** Tells whoever reads the run's summary; never blocks. */
    public void notice(String text) {
        LOG.warn(text);
        try {
            told(KeyRequest.notice(run, text));
        } catch (RejectedExecutionException closed) {
            LOG.debug("the run has ended before its driver heard of this");
        }
    }

    private Future<?> told(KeyRequest message) {
        return thread.submit(() -> line.ask(KeyMessages.request(message)));
    }

    private CompletableFuture<Grants> asked(KeyRequest request) {
        CompletableFuture<Grants> answer = new CompletableFuture<>();
        ask(request, answer, PATIENCE.dividedBy(AGAIN));
        return answer;
    }

    private void ask(KeyRequest request, CompletableFuture<Grants> answer, long tries) {
        Runnable question = () -> {
            try {
                KeyMessages.answer((byte[]) line.ask(KeyMessages.request(request)))
                        .ifPresentOrElse(answer::complete, () -> again(request, answer, tries));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        };
        try {
            thread.execute(question);
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(closed);
        }
    }

    private void again(KeyRequest request, CompletableFuture<Grants> answer, long tries) {
        if (tries <= 1) {
            answer.completeExceptionally(new IllegalStateException(
                    "the driver did not say within " + PATIENCE.toSeconds() + " s which key to use"));
            return;
        }
        thread.schedule(() -> ask(request, answer, tries - 1), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
