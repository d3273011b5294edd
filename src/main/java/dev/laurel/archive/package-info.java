/** The end of windows: closing those that are due, closing one early, and what is kept of them. */
package dev.laurel.archive;
