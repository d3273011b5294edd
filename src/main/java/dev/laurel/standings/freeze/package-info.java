/** What the public sees of a frozen board, kept as it was at one instant. */
package dev.laurel.standings.freeze;
