/** Uploaded files, kept in pieces in PostgreSQL until nobody needs them any more. */
package dev.laurel.imports.spool;
