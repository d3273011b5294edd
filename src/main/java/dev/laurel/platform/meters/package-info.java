/** The names of all meters, and the timings reported with a response. */
package dev.laurel.platform.meters;
