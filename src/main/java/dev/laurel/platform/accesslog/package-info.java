/** A line for each request, written without delaying any. */
package dev.laurel.platform.accesslog;
