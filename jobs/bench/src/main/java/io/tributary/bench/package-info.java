/** Benchmarks with JMH. Nothing here ships, and nothing that ships may depend on it. */
package io.tributary.bench;
