/** The bytes of an uploaded file, expanded within limits. */
package dev.laurel.imports.file.content;
