/**
 * Faults on demand: which call meets which fault, from a profile, a seed and the number of the call. How a fault looks on
 * the wire is the dialect's and the server's business. Start at {@link io.tributary.sandbox.fault.FaultProfile}.
 */
package io.tributary.sandbox.fault;
