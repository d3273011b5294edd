package dev.laurel.shared;

/**
 * Somebody whose boards and players have nothing to do with those of others.
 *
 * @param id as in the table {@code tenant}
 */
public record Tenant(short id) {
    /** The one that is there from the first start. */
    public static final Tenant DEFAULT = new Tenant((short) 1);
}
