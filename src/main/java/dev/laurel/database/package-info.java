/** The state of the database as operators see it - indexes, tables, slow statements - and what improves it; it knows no feature. */
package dev.laurel.database;
