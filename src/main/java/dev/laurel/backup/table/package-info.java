/** The tables of the service as a backup has them: which there are, reading their rows in one snapshot, writing them back. */
package dev.laurel.backup.table;
