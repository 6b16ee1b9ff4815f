/**
 * The demo: a sandbox, real extracts, two nights and a third that finds nothing to do. Nothing else depends on it; start
 * at {@link io.tributary.jobs.demo.Demo}.
 */
package io.tributary.jobs.demo;
