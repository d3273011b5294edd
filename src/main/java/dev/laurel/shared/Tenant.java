package dev.laurel.shared;

/**
 * An owner of boards and players that are separate from those of all others.
 *
 * @param id as in the table {@code tenant}
 */
public record Tenant(short id) {
    /** The tenant that exists from the first start. */
    public static final Tenant DEFAULT = new Tenant((short) 1);

    /** Whether it is that one. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }
}
