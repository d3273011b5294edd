/** What followers read: the three feeds, item by item, in an order that skips no late commit. */
package dev.laurel.feed.source;
