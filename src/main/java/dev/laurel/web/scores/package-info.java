/** Score events over HTTP, one by one and in batches. */
package dev.laurel.web.scores;
