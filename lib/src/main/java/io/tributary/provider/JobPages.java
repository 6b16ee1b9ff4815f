package io.tributary.provider;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An accepted job and what of it is still to be read. It is written as one text, which stands wherever the job's name
 * does, so that reading goes on where it stopped, in this run or a later one.
 *
 * @param job as the provider names it
 * @param pages that are still to be read, in order; none as long as the job is not known to have pages
 */
record JobPages(String job, List<String> pages) {
    private static final String MARK = "?pages=";

    JobPages {
        Objects.requireNonNull(job, "job");
        pages = List.copyOf(pages);
    }

    /** The inverse of {@link #text()}. */
    static JobPages of(String text) {
        int mark = text.lastIndexOf(MARK);
        return mark < 0
                ? new JobPages(text, List.of())
                : new JobPages(
                        text.substring(0, mark),
                        Arrays.stream(text.substring(mark + MARK.length()).split(","))
                                .map(page -> URLDecoder.decode(page, StandardCharsets.UTF_8))
                                .toList());
    }

    String text() {
        return pages.isEmpty()
                ? job
                : job
                        + MARK
                        + pages.stream()
                                .map(page -> URLEncoder.encode(page, StandardCharsets.UTF_8))
                                .collect(Collectors.joining(","));
    }

    /** The page to read now. */
    Optional<String> next() {
        return pages.stream().findFirst();
    }

    /** Once that page is read. */
    JobPages afterNext() {
        return new JobPages(job, pages.subList(Math.min(1, pages.size()), pages.size()));
    }

    JobPages with(List<String> left) {
        return new JobPages(job, left);
    }
}
