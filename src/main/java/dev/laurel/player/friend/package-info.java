/** The friends that players have listed. */
package dev.laurel.player.friend;
