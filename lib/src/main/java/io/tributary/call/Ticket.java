package io.tributary.call;

/**
 * Which key a call carried, and in which state of it.
 *
 * @param key its place in the rotation set, from 0
 * @param version counts how often the key's value or token changed, from 0
 */
public record Ticket(int key, long version) {}
