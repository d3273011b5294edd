/** How processes learn that something of a board has changed that they cache. */
package dev.laurel.board.change;
