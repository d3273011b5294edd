/** Counts each request to an operation against the limit of its caller, before its body is read. */
package dev.laurel.limit.http;
