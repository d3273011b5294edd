/** Faults of the service itself, counted and reported to an error tracker. */
package dev.laurel.platform.faults;
