package io.tributary.call;

import io.tributary.model.Outcome;
import io.tributary.provider.Ask;
import io.tributary.provider.Operation;
import io.tributary.provider.Pending;
import io.tributary.quota.Budget;
import java.time.Duration;
import java.util.ArrayList;
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
 * Asks about keys, one provider after the other until one knows enough, many keys at once. One per task; {@link #ask} and
 * {@link #results} may be called from any one thread.
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
            next(new Progress(question, done), 0);
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

    private record Progress(Question question, CompletableFuture<KeyResult> done, List<ProviderResult> results) {
        Progress(Question question, CompletableFuture<KeyResult> done) {
            this(question, done, new ArrayList<>());
        }

        void end(KeyResult.Disposition disposition, String reason) {
            done.complete(new KeyResult(question.key(), results, disposition, reason));
        }
    }

    private void next(Progress progress, int index) {
        try {
            step(progress, index);
        } catch (RuntimeException bug) {
            progress.done().completeExceptionally(bug);
        }
    }

    private void step(Progress progress, int index) {
        Question question = progress.question();
        if (index >= question.providers().size() || stopped) {
            lastWord(progress);
            return;
        }
        String provider = question.providers().get(index);
        Caller caller = callers.get(provider);
        if (caller == null) {
            throw new IllegalArgumentException(
                    "a question names the provider " + provider + ", which this task was not given");
        }
        Optional<Pending> pending = Optional.ofNullable(question.pending().get(provider));
        Optional<Operation> operation = pending.isPresent()
                ? caller.resumption(pending.get()).filter(one -> one.accepts(question.inputs()))
                : caller.operationFor(question.key().kind().entity(), question.inputs());
        if (operation.isEmpty()) {
            next(progress, index + 1);
            return;
        }
        long epoch = question.epochs().getOrDefault(provider, 0L);
        Ask ask = Ask.about(question.key(), question.inputs(), epoch, pending);
        caller.ask(operation.get(), ask).whenComplete((result, fault) -> {
            if (fault != null) {
                progress.done().completeExceptionally(fault);
            } else {
                progress.results().add(result);
                judge(progress, result, index);
            }
        });
    }

    private void judge(Progress progress, ProviderResult result, int index) {
        switch (result.outcome()) {
            case MATCHED -> progress.end(KeyResult.Disposition.SATISFIED, "");
            case PARTIAL -> {
                if (parts.settings().partialSatisfies()) {
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
    private record Wait(Progress progress, int index, long sinceNanos) {
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
                wait.progress().done().completeExceptionally(fault);
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

    private void lastWord(Progress progress) {
        if (stopped) {
            progress.end(KeyResult.Disposition.DEFERRED, KeyResult.CANCELLED);
            return;
        }
        if (progress.results().stream().anyMatch(result -> result.outcome() == Outcome.PARTIAL)) {
            progress.end(KeyResult.Disposition.SATISFIED, "");
            return;
        }
        Optional<ProviderResult> open = progress.results().stream()
                .filter(result -> !result.outcome().isAnswer())
                .findFirst();
        if (open.isPresent()) {
            progress.end(KeyResult.Disposition.DEFERRED, open.get().reason());
        } else {
            progress.end(KeyResult.Disposition.EXHAUSTED, "");
        }
    }
}
