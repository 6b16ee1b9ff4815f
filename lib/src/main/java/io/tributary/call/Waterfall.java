package io.tributary.call;

import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.quota.Budget;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * Asks about keys, one provider after the other until enough is known, many keys at once. Where a question says which fields
 * are wanted, it goes on for those that are missing, and passes over whoever can bring none of them. One per task;
 * {@link #ask} and {@link #results} may be called from any one thread.
 */
public final class Waterfall implements AutoCloseable {
    /**
     * One provider as a task may use it.
     *
     * @param budget the task's slice
     */
    public record Source(ProviderPort port, Lane lane, Budget budget) {}

    private final CallStack.Parts parts;
    private final Map<String, Caller> callers = new HashMap<>();
    private final Set<CompletableFuture<KeyResult>> open = new HashSet<>();
    private Optional<Throwable> broken = Optional.empty();
    private boolean stopped;

    /**
     * @param sources every provider that a question may name
     * @param answered what earlier attempts of this work already did
     * @param random uniform in [0, 1), for jitter
     */
    public Waterfall(
            EventLoop loop,
            Transport transport,
            CallLog log,
            List<Source> sources,
            Answered answered,
            CallSettings settings,
            DoubleSupplier random) {
        this.parts = new CallStack.Parts(new GuardedLoop(loop, this::broke), transport, log, settings, random);
        sources.forEach(source -> callers.put(
                source.port().name(), new Caller(parts, source.port(), source.lane(), source.budget(), answered)));
    }

    /**
     * Works one key. Thread-safe.
     *
     * @return completes on the event loop; exceptionally only if the journal failed or the code has a fault, and then the
     *     task must fail
     */
    public CompletableFuture<KeyResult> ask(Question question) {
        CompletableFuture<KeyResult> done = new CompletableFuture<>();
        parts.loop().execute(() -> {
            if (broken.isPresent()) {
                done.completeExceptionally(broken.get());
                return;
            }
            open.add(done);
            done.whenComplete((result, fault) -> open.remove(done));
            next(new KeyProgress(question, done), 0);
        });
        return done;
    }

    /** Whose work a fault on the loop has cut off isn't known, so no open question may be waited for. */
    private void broke(Throwable fault) {
        if (broken.isEmpty()) {
            broken = Optional.of(fault);
        }
        List.copyOf(open).forEach(done -> done.completeExceptionally(fault));
    }

    /**
     * Works many keys, as many at once as the settings say. The questions are pulled on the thread that pulls the results.
     */
    public KeyResults results(Iterator<Question> questions) {
        return new KeyResults(this, questions, parts.settings().keysInFlight());
    }

    /** Sends nothing more; what was in flight ends as unknown in the journal. Open questions complete as deferred. */
    @Override
    public void close() {
        parts.loop().execute(() -> {
            stopped = true;
            callers.values().forEach(Caller::stop);
        });
    }

    private void next(KeyProgress progress, int index) {
        try {
            step(progress, index);
        } catch (RuntimeException bug) {
            progress.fail(bug);
        }
    }

    private void step(KeyProgress progress, int index) {
        Question question = progress.question();
        if (index >= question.providers().size() || stopped) {
            lastWord(progress);
            return;
        }
        String provider = question.providers().get(index);
        Caller caller = caller(provider);
        Optional<Pending> pending = Optional.ofNullable(question.pending().get(provider));
        // What was accepted earlier is paid for, so it is fetched whatever it may bring.
        Optional<Operation> operation = pending.isPresent()
                ? caller.resumption(pending.get()).filter(one -> one.accepts(question.inputs()))
                : caller.operationFor(question.key().kind().entity(), question.inputs())
                        .filter(progress::hasUseFor);
        if (operation.isEmpty()) {
            next(progress, index + 1);
            return;
        }
        long epoch = question.epochs().getOrDefault(provider, 0L);
        Ask ask = Ask.about(question.key(), question.inputs(), epoch, pending);
        caller.ask(operation.get(), ask).whenComplete((result, fault) -> {
            if (fault != null) {
                progress.fail(fault);
            } else {
                progress.results().add(result);
                judge(progress, result, index);
            }
        });
    }

    private Caller caller(String provider) {
        Caller caller = callers.get(provider);
        if (caller == null) {
            throw new IllegalArgumentException(
                    "a question names the provider " + provider + ", which this task was not given");
        }
        return caller;
    }

    private void judge(KeyProgress progress, ProviderResult result, int index) {
        switch (result.outcome()) {
            case MATCHED, PARTIAL -> {
                if (progress.isEnough(result, parts.settings().partialSatisfies())) {
                    progress.end(KeyResult.Disposition.SATISFIED, "");
                } else {
                    next(progress, index + 1);
                }
            }
            case NOT_FOUND, REJECTED, FAILED, UNKNOWN -> next(progress, index + 1);
            case PENDING -> await(new Wait(progress, index, parts.loop().nanos()), result, 0);
            case SUPPRESSED -> progress.end(KeyResult.Disposition.EXHAUSTED, "suppressed");
        }
    }

    /** An answer that a provider has accepted to give. */
    private record Wait(KeyProgress progress, int index, long sinceNanos) {
        String provider() {
            return progress.question().providers().get(index);
        }

        /** It has come further, to the next page for instance. */
        Wait anew(long nanos) {
            return new Wait(progress, index, nanos);
        }
    }

    /**
     * Looks for an answer that is pending, as long as the provider's file finds it worth waiting; then a later run does. It
     * may be paid for, so meanwhile nobody else is asked.
     */
    private void await(Wait wait, ProviderResult pending, int look) {
        Question question = wait.progress().question();
        Caller caller = callers.get(wait.provider());
        Optional<Operation> fetch =
                pending.pending().flatMap(caller::resumption).filter(operation -> operation.accepts(question.inputs()));
        Optional<Duration> pause = fetch.flatMap(Operation::patience)
                .filter(patience -> parts.loop().nanos() - wait.sinceNanos()
                        < patience.inAll().toNanos())
                .map(patience -> patience.before(look));
        if (stopped || pause.isEmpty()) {
            wait.progress().end(KeyResult.Disposition.DEFERRED, "pending");
            return;
        }
        long epoch = question.epochs().getOrDefault(wait.provider(), 0L);
        Ask ask = Ask.about(question.key(), question.inputs(), epoch, pending.pending());
        parts.loop().schedule(pause.get(), () -> caller.ask(fetch.get(), ask).whenComplete((result, fault) -> {
            if (fault != null) {
                wait.progress().fail(fault);
            } else if (result.outcome() == Outcome.PENDING) {
                boolean moved = !result.pending().equals(pending.pending());
                await(moved ? wait.anew(parts.loop().nanos()) : wait, result, moved ? 0 : look + 1);
            } else {
                looked(wait, result);
            }
        }));
    }

    private void looked(Wait wait, ProviderResult result) {
        if (result.outcome().isAnswer()) {
            List<ProviderResult> results = wait.progress().results();
            results.set(results.size() - 1, result);
            judge(wait.progress(), result, wait.index());
        } else {
            // The look failed, and the answer is still pending: the next run looks again.
            wait.progress().end(KeyResult.Disposition.DEFERRED, "pending");
        }
    }

    private void lastWord(KeyProgress progress) {
        if (stopped) {
            progress.end(KeyResult.Disposition.DEFERRED, KeyResult.CANCELLED);
            return;
        }
        if (!progress.isWanting()
                && progress.results().stream().anyMatch(result -> result.outcome() == Outcome.PARTIAL)) {
            progress.end(KeyResult.Disposition.SATISFIED, "");
            return;
        }
        Optional<ProviderResult> open = progress.results().stream()
                .filter(result -> !result.outcome().isAnswer())
                .filter(result -> mayStillHelp(progress, result))
                .findFirst();
        if (open.isPresent()) {
            progress.end(KeyResult.Disposition.DEFERRED, open.get().reason());
        } else {
            progress.exhausted();
        }
    }

    /** What a provider did not say is no reason to come again where others have brought all that it could. */
    private boolean mayStillHelp(KeyProgress progress, ProviderResult open) {
        Question question = progress.question();
        return caller(open.provider())
                .operationFor(question.key().kind().entity(), question.inputs())
                .map(progress::hasUseFor)
                .orElse(true);
    }
}
