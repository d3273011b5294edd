/** Imports over HTTP: uploads, how far they are, what they refused, and saved mappings of columns. */
package dev.laurel.web.imports;
