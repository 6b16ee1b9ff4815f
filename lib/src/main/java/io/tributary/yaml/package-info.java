/**
 * Reads YAML files against shapes that are declared once and serve three times: to check a file, to give editors a JSON
 * Schema, and to write the reference page; it knows nothing of what the settings mean.
 *
 * <p>Start at {@link io.tributary.yaml.Shape} for the declaration and {@link io.tributary.yaml.YamlFile} for the reading.
 */
package io.tributary.yaml;
