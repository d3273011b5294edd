package dev.laurel.warming.forecast;

import dev.laurel.shared.Tenant;

/**
 * Something that was read, and can be loaded before it is read again.
 *
 * @param kind of what was read, by which it is known how to load it
 * @param subject what was read, as its feature understands it
 * @param player whom alone it is about: it is forgotten with the player's record; null when it is about none
 */
public record View(String kind, Tenant tenant, String subject, String player) {}
