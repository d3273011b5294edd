/** Chooses the source that answers a question about a ranking. */
package dev.laurel.standings.read;
