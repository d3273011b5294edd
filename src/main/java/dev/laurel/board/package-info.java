/** Boards: the definitions of competitions, stored in PostgreSQL and cached in every process. */
package dev.laurel.board;
