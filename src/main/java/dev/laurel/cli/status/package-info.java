/** Commands that look at a running service as a whole. */
package dev.laurel.cli.status;
