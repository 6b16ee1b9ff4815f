package io.tributary.jobs.ask;

import java.io.Serializable;

/**
 * Keys that a run could not settle and that come again in a later night.
 *
 * @param reason a stable code such as {@code http_402}, {@code service_unavailable} or {@code pending}
 */
public record NotAnswered(String reason, long keys) implements Serializable {}
