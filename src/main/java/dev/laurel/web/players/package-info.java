/** HTTP of players: their records, the eligibility check before they play, and the cache of records. */
package dev.laurel.web.players;
