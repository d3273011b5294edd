package dev.laurel.web;

import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;

import java.util.List;
import java.util.function.Function;

/** A page of a list. */
public record PageJson<T>(List<T> items, Pagination pagination) {
    /** A page of the items found, each in its JSON form. */
    public static <S, T> PageJson<T> of(PageRequest wanted, PageResult<S> found, Function<S, T> map) {
        long pages = (found.total() + wanted.limit() - 1) / wanted.limit();
        return new PageJson<>(
                found.items().stream().map(map).toList(),
                new Pagination(wanted.page(), wanted.limit(), found.total(), pages));
    }

    /** The position and size of a page in its list. */
    public record Pagination(int page, int limit, long total, long pages) {}
}
