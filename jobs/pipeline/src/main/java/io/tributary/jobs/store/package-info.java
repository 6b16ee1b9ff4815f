/**
 * Logs of numbered entries beside the tables, each of which exactly one writer can write: what runs agree on without a server.
 * Nothing here knows what the entries say.
 */
package io.tributary.jobs.store;
