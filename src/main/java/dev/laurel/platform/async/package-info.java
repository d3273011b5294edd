/** Waiting without blocking: results that arrive once, and how many may be under way. */
package dev.laurel.platform.async;
