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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whatever a web interface shows, link by link, again and again until it is closed. */
final class Pages implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]+)");
    private static final int MOST_A_ROUND = 150;

    private final URI root;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Map<String, StringBuilder> texts = new TreeMap<>();
    private final Thread reader = new Thread(this::read, "pages");
    private volatile boolean closed;

    /** @param root where it will be, sooner or later */
    Pages(URI root) {
        this.root = root;
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
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
                synchronized (texts) {
                    texts.computeIfAbsent(page.getPath() + "?" + page.getQuery(), any -> new StringBuilder())
                            .append(text);
                }
                Matcher links = LINK.matcher(text);
                while (links.find()) {
                    link(page, links.group(1)).filter(seen::add).ifPresent(next::add);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    /** Of the same interface, and no picture, script or order to end something. */
    private java.util.Optional<URI> link(URI page, String href) {
        try {
            URI link = page.resolve(href.replace("&amp;", "&"));
            boolean here = root.getAuthority().equals(link.getAuthority());
            return here
                            && !link.getPath().contains("/static/")
                            && !link.getPath().contains("kill")
                    ? java.util.Optional.of(link)
                    : java.util.Optional.empty();
        } catch (IllegalArgumentException noLink) {
            return java.util.Optional.empty();
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

    /** Everything that was shown, by page. */
    Map<String, String> texts() {
        Map<String, String> all = new TreeMap<>();
        synchronized (texts) {
            texts.forEach((page, text) -> {
                if (!text.isEmpty()) {
                    all.put(page, text.toString());
                }
            });
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}
