/** Backups as files: lines compressed, encrypted where there is a key, and described by a manifest; it knows no table. */
package dev.laurel.backup.file;
