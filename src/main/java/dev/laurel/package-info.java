/** Laurel: the leaderboard service. The packages below are the product; each says in one sentence what it is for. */
package dev.laurel;
