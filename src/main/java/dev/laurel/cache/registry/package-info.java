/** The caches of this process as operators see them: their settings and figures, and dropping what they hold. */
package dev.laurel.cache.registry;
