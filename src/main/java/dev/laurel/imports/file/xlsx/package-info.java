/** Tables in spreadsheets. */
package dev.laurel.imports.file.xlsx;
