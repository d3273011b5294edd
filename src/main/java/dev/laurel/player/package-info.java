/** What is known of players: names, pictures, attributes, whether they are shown, and who may not play. */
package dev.laurel.player;
