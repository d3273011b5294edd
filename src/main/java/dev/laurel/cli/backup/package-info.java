/** Commands on the backups of a running service. */
package dev.laurel.cli.backup;
