/** Player records: names, pictures, attributes, visibility, and bans. */
package dev.laurel.player;
