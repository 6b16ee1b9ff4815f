package io.tributary.call;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** An event loop whose faults are heard by the work that runs on it, as nobody else can end what they cut off. */
record GuardedLoop(EventLoop loop, Consumer<Throwable> faults) implements EventLoop {
    @Override
    public Instant now() {
        return loop.now();
    }

    @Override
    public long nanos() {
        return loop.nanos();
    }

    @Override
    public void execute(Runnable action) {
        loop.execute(() -> perform(action));
    }

    @Override
    public void schedule(Duration delay, Runnable action) {
        loop.schedule(delay, () -> perform(action));
    }

    private void perform(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error fault) {
            faults.accept(fault);
        }
    }
}
