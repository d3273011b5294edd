/** Waiting without blocking: results that arrive once, and bounds on concurrent work. */
package dev.laurel.platform.async;
