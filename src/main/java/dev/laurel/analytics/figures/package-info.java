/** The arithmetic of analytics: trends, consistency, mastery and comparisons, without any I/O. */
package dev.laurel.analytics.figures;
