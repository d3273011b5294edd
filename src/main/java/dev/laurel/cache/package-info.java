/** The near cache: finished answers, kept in the process for moments; it knows no feature. */
package dev.laurel.cache;
