/** What a file that is only checked has had so far: chunks are taken back, and each must know those before it. */
package dev.laurel.imports.seen;
