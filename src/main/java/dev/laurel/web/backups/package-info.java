/** Backups over HTTP. */
package dev.laurel.web.backups;
