/** PostgreSQL as Laurel uses it: every statement with a deadline, every failure sorted into ours and theirs. */
package dev.laurel.platform.postgres;
