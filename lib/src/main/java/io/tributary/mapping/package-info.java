/**
 * What the columns of a CRM extract mean: the language of {@code conf/mappings/*.yaml} and the record it is read into;
 * no extract is read here.
 *
 * <p>Start at {@link io.tributary.mapping.ColumnMapping}.
 */
package io.tributary.mapping;
