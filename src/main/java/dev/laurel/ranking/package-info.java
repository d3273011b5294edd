/** Reading rankings: the top, a page, a player, the neighbours, chosen players; open and past windows alike. */
package dev.laurel.ranking;
