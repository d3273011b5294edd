/** Who asks: credentials, the callers they stand for, and what those may do. */
package dev.laurel.access;
