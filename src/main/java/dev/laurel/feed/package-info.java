/** Followers: how other packages process accepted events, closed windows and changes, by durable cursors. */
package dev.laurel.feed;
