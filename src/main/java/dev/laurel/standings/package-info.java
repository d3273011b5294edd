/**
 * The ranked store: PostgreSQL tables of standings as the truth, Redis sorted sets as the read path, and what keeps
 * the two the same. The only package that knows a sorted set.
 */
package dev.laurel.standings;
