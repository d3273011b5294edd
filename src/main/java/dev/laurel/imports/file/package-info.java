/** Opens uploaded files as tables, whatever their format. */
package dev.laurel.imports.file;
