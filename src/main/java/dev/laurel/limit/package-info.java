/** How many requests a client may make: limits that all processes keep together, with shares while Redis is unavailable. */
package dev.laurel.limit;
