/**
 * What a provider's file says, turned into requests, and its responses turned into outcomes and profiles; nothing here
 * knows a provider by name, opens a socket or waits. Start at {@link io.tributary.provider.Operation}.
 */
package io.tributary.provider;
