/** The boards of all tenants, for jobs. */
package dev.laurel.board.all;
