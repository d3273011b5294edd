/** Commands on the caches of a running service. */
package dev.laurel.cli.cache;
