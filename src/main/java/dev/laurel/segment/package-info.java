/** Segments of boards: what their names mean, and which players belong to them. */
package dev.laurel.segment;
