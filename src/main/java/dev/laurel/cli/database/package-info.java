/** Commands on the database of a running service. */
package dev.laurel.cli.database;
