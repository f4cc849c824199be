package dev.logintoken.server.terminal;

import dev.logintoken.server.administration.RowPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Options that select a page of a list. */
public final class Paging {

    private static final String DEFAULT = "100";

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = DEFAULT,
            converter = Converters.Limit.class,
            description = "maximum number of rows, 1 to " + Converters.Limit.MAX + " (default " + DEFAULT + ")")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "UUID",
            converter = Converters.Next.class,
            description = "value of 'next' on the previous page; the list continues there")
    private @Nullable UUID after;

    /** Returns the maximum number of rows. */
    public int limit() {
        return limit;
    }

    /** Returns where the page begins; empty for the first page. */
    public Optional<UUID> after() {
        return Optional.ofNullable(after);
    }

    /** Returns the report of a page: its rows, and where the next page begins, if there is one. */
    public static <T> Map<String, Object> facts(String name, RowPage<T> page, Function<T, Map<String, Object>> row) {
        Map<String, Object> facts = new LinkedHashMap<>(
                Report.of(name, page.rows().stream().map(row).toList()));
        page.next().ifPresent(next -> facts.put("next", next));
        return facts;
    }
}
