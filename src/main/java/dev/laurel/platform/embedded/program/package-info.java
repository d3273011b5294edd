/** Programs of PostgreSQL and Redis that this process starts, supervises and stops. */
package dev.laurel.platform.embedded.program;
