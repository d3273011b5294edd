/** Commands that write what the service has into files. */
package dev.laurel.cli.export;
