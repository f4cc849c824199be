package dev.logintoken.server.administration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A page of rows. Pages are found by keyset: the next one begins after the last row of this one, whatever was added or
 * deleted meanwhile.
 *
 * @param rows at most as many as were asked for
 * @param next id of the last row, if there are more behind it
 */
public record RowPage<T>(List<T> rows, Optional<UUID> next) {

    /** Makes a page from its rows and one more, if there is one. */
    static <T> RowPage<T> of(List<T> oneMore, int limit, Function<T, UUID> id) {
        List<T> rows = List.copyOf(oneMore.subList(0, Math.min(limit, oneMore.size())));
        return new RowPage<>(
                rows, oneMore.size() > limit ? Optional.of(id.apply(rows.get(rows.size() - 1))) : Optional.empty());
    }
}
