/** The work on an import: rows are read, checked, written in chunks and shown, by one process at a time. */
package dev.laurel.imports.run;
