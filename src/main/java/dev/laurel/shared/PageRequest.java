package dev.laurel.shared;

/**
 * Which page of a list is wanted.
 *
 * @param page from 1
 * @param limit items on a page
 */
public record PageRequest(int page, int limit) {
    /** Rows before this page. */
    public long offset() {
        return (page - 1L) * limit;
    }
}
