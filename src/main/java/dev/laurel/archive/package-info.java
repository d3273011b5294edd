/** The end of windows: closing those that are due, closing one early, and the records kept of them. */
package dev.laurel.archive;
