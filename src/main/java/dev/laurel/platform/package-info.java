/** Technical ground under every feature: the clock, the names of meters, and, below, the access to the stores. */
package dev.laurel.platform;
