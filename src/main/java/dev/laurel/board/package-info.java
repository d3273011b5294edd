/** Boards: the definitions of competitions, kept in PostgreSQL and known in every process. */
package dev.laurel.board;
