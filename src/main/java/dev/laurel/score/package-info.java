/** Accepting score events: validation, idempotency, and the lanes in which they are committed in groups. */
package dev.laurel.score;
