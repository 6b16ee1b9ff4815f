/**
 * What is wanted of a person or a company, field by field, and what is still missing of it: pure, and told the time. Start
 * at {@link io.tributary.wanted.WantedFields}.
 */
package io.tributary.wanted;
