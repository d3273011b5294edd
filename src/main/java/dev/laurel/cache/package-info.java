/** The near cache: finished responses, kept in the process for moments; it knows no feature. */
package dev.laurel.cache;
