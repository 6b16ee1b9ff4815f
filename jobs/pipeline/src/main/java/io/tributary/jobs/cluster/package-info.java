/**
 * What the driver and the executors of one application say to each other while a run is under way, over Spark's own
 * connection. The plugin must be set when Spark starts; nothing here knows what a run is for.
 */
package io.tributary.jobs.cluster;
