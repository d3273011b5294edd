/** What the columns of a table mean for a board, and its rows converted accordingly. */
package dev.laurel.imports.file.mapping;
