package dev.logintoken.server.administration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A page of rows. Paging is by keyset: the next page begins after this page's last row, even if rows were added or
 * deleted meanwhile.
 *
 * @param rows the rows, at most as many as the caller asked for
 * @param next id of the last row, if more rows follow it
 */
public record RowPage<T>(List<T> rows, Optional<UUID> next) {

    /** Returns a page, given its rows and, if there is one, the row after it. */
    static <T> RowPage<T> of(List<T> oneMore, int limit, Function<T, UUID> id) {
        List<T> rows = List.copyOf(oneMore.subList(0, Math.min(limit, oneMore.size())));
        return new RowPage<>(
                rows, oneMore.size() > limit ? Optional.of(id.apply(rows.get(rows.size() - 1))) : Optional.empty());
    }
}
