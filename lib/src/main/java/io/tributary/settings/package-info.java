/**
 * The settings of a pipeline: {@code conf/pipeline.yaml} as immutable records, each declared beside its shape; nothing
 * here opens a network connection, reads a secret or knows Spark.
 *
 * <p>Start at {@link io.tributary.settings.Settings}.
 */
package io.tributary.settings;
