/** Commands about imports: uploading a file, and everything about those that were uploaded. */
package dev.laurel.cli.imports;
