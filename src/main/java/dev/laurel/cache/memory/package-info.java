/** The bound of all caches of this process together. */
package dev.laurel.cache.memory;
