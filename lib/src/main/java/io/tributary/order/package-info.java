/**
 * In which order the providers of a waterfall are asked about a key, by what they found and cost before, and what a plan comes to
 * if that happens again. Pure arithmetic over counts; start at {@link io.tributary.order.AutoOrder}.
 */
package io.tributary.order;
