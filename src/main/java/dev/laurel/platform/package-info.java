/** Technical ground under every feature: the clock, the names of meters, and, below, the ways to the stores. */
package dev.laurel.platform;
