/** What operators look at and do to a running service as a whole, over HTTP. */
package dev.laurel.web.operations;
