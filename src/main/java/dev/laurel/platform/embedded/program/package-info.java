/** Programs of PostgreSQL and Redis that this process starts, watches and ends. */
package dev.laurel.platform.embedded.program;
