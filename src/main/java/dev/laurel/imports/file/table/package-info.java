/** A table read row by row: headers, rows, and the rules for both. */
package dev.laurel.imports.file.table;
