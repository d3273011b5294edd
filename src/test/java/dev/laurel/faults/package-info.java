/**
 * The service and its stores as real processes that are killed, emptied, paused and delayed under load. A journal of
 * what was sent and what was acknowledged is the oracle. See {@code docs/faults.md}.
 */
package dev.laurel.faults;
