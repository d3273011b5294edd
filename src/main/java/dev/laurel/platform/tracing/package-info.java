/** The trace that a request belongs to, and what of a request may be in it. */
package dev.laurel.platform.tracing;
