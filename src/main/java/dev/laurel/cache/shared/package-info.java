/** The shared level of caches, in Redis: what one process has computed, the others need not. */
package dev.laurel.cache.shared;
