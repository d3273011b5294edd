package dev.laurel.feed.source;

/**
 * The position of an item in its feed.
 *
 * @param tx the transaction that wrote it, as an unsigned number; 0 where items have numbers of their own
 * @param id its number
 */
public record Position(String tx, long id) {}
