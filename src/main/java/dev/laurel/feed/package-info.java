/** Followers: how other rooms work through accepted events, closed windows and changes, by durable cursors. */
package dev.laurel.feed;
