package dev.laurel.feed.source;

/**
 * Where an item stands in its feed.
 *
 * @param tx the transaction that wrote it, as an unsigned number; 0 where items are numbered by themselves
 * @param id its number
 */
public record Position(String tx, long id) {}
