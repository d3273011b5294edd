/** Tables in text files: their encoding, their delimiter, their rows. */
package dev.laurel.imports.file.text;
