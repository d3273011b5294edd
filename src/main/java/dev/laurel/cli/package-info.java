/** The command line: the same program as a client of a running service; it starts neither stores nor the framework. */
package dev.laurel.cli;
