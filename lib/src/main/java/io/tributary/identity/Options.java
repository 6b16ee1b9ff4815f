package io.tributary.identity;

import java.io.Serializable;

/**
 * How {@link Identify} judges.
 *
 * @param allowTestHosts whether the hosts that RFC 2606 and RFC 6761 reserve for tests and documentation ({@code
 *     example.com}, {@code acme.example}, {@code mail.test}) count as ordinary hosts; otherwise they are refused, because
 *     no provider can know them
 */
public record Options(boolean allowTestHosts) implements Serializable {}
