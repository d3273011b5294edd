/** Who may use a board: what definitions and the credentials of callers say of it together. */
package dev.laurel.board.access;
