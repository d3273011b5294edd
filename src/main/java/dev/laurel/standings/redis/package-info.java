/** Keys, reads and endings of the sorted sets. */
package dev.laurel.standings.redis;
