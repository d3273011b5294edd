/** The first interface, {@code /api/redis-leaderboard}, kept to the letter for the front ends that use it. */
package dev.laurel.web.compat;
