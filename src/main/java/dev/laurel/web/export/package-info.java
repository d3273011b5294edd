/** Streams of rows as files: their formats, and how many run at once. */
package dev.laurel.web.export;
