/** Backups of everything that PostgreSQL holds, and restoring them into an empty service; it knows tables, and no feature. */
package dev.laurel.backup;
