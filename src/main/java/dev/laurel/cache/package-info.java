/** Caches in the process, and what tells them that something has changed; it knows no feature. */
package dev.laurel.cache;
