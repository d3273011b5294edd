/** Reading rankings: the top, a page, a player, the neighbours, the given players; open and past windows alike. */
package dev.laurel.ranking;
