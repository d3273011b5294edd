/** Has rankings follow the records of players who take no rank anywhere, or take one again. */
package dev.laurel.standings.unranked;
