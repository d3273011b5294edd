/** HTTP of players: their records, the check before they play, and what is cached of them. */
package dev.laurel.web.players;
