package io.tributary.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whatever a web interface shows, link by link, again and again until it is closed, and searches it. */
final class Pages implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]+)");
    private static final int MOST_A_ROUND = 40;
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final URI root;
    private final Needles secrets;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Set<String> shown = new ConcurrentSkipListSet<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Set<String> found = new ConcurrentSkipListSet<>();
    private final Thread reader = new Thread(this::readOn, "pages");
    private volatile boolean closed;

    /** @param root where it will be, sooner or later */
    Pages(URI root, Needles secrets) {
        this.root = root;
        this.secrets = secrets;
        reader.setDaemon(true);
        reader.start();
    }

    private void readOn() {
        while (!closed) {
            Deque<URI> next = new ArrayDeque<>();
            for (String start : new String[] {
                "/jobs/",
                "/stages/",
                "/storage/",
                "/environment/",
                "/executors/",
                "/SQL/",
                "/executors/threadDump/?executorId=driver",
                "/api/v1/applications"
            }) {
                next.add(root.resolve(start));
            }
            Set<URI> seen = new HashSet<>(next);
            for (int i = 0; i < MOST_A_ROUND && !next.isEmpty() && !closed; i++) {
                URI page = next.remove();
                String text = get(page);
                if (!text.isEmpty()) {
                    reads.incrementAndGet();
                    shown.add(page.getPath());
                    secrets.in(text).forEach(secret -> found.add(secret + " on " + page.getPath()));
                }
                Matcher links = LINK.matcher(text);
                while (links.find()) {
                    link(page, links.group(1)).filter(seen::add).ifPresent(next::add);
                }
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Of the same interface, and no picture, script or order to end something. */
    private Optional<URI> link(URI page, String href) {
        try {
            URI link = page.resolve(href.replace("&amp;", "&"));
            boolean here = root.getAuthority().equals(link.getAuthority());
            return here
                            && !link.getPath().contains("/static/")
                            && !link.getPath().contains("kill")
                    ? Optional.of(link)
                    : Optional.empty();
        } catch (IllegalArgumentException noLink) {
            return Optional.empty();
        }
    }

    private String get(URI page) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The pages that were shown. */
    Set<String> shown() {
        return new TreeSet<>(shown);
    }

    /** How many pages were read, those that were read again counted again. */
    int read() {
        return reads.get();
    }

    /** The secrets that were found, and where. */
    Set<String> found() {
        return new TreeSet<>(found);
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}
