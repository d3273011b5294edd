/** Commands on API keys. */
package dev.laurel.cli.keys;
