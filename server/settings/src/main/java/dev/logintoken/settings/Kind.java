package dev.logintoken.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The allowed values of a setting, and how to parse them.
 *
 * @param <T> the type of a parsed value
 * @param allowed describes the allowed values, to follow "must be …"
 * @param parser parses a value; an {@link IllegalArgumentException} refuses it
 */
public record Kind<T>(String allowed, Function<String, T> parser) {

    private static final int KEY_BYTES = 32;

    static final Kind<String> TEXT = new Kind<>("text", Function.identity());
    static final Kind<Boolean> BOOLEAN = new Kind<>("true or false", Kind::bool);
    static final Kind<Path> PATH = new Kind<>("a path", Path::of);
    static final Kind<URI> WEBSITE = new Kind<>("an absolute http or https URL", Kind::website);
    static final Kind<byte[]> KEY = new Kind<>("32 random bytes in base64url without padding", Kind::key);

    static final Kind<Set<String>> HOSTS = new Kind<>("host names separated by commas", Kind::hosts);

    static final Kind<Set<String>> ORIGINS =
            new Kind<>("origins such as http://localhost:5173, separated by commas", Kind::origins);

    static Kind<String> matching(String allowed, Predicate<String> test) {
        return new Kind<>(allowed, text -> {
            if (!test.test(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    static Kind<Integer> number(String unit, int min, int max) {
        return new Kind<>(unit + " from " + min + " to " + max, text -> {
            long number = WholeNumber.parse(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return (int) number;
        });
    }

    static Kind<Duration> seconds(int min, int max) {
        return number("whole seconds", min, max).map(Duration::ofSeconds);
    }

    static Kind<Duration> days(int min, int max) {
        return number("whole days", min, max).map(Duration::ofDays);
    }

    private <R> Kind<R> map(Function<T, R> conversion) {
        return new Kind<>(allowed, parser.andThen(conversion));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    /** Parses host names. They become lower case, since case does not matter in host names. */
    private static Set<String> hosts(String text) {
        return list(text, "[a-z0-9._-]+");
    }

    /** Parses origins as a browser sends them: a scheme, a host and a port, in lower case. */
    private static Set<String> origins(String text) {
        return list(text, "https?://[a-z0-9._-]+(:\\d+)?");
    }

    private static Set<String> list(String text, String pattern) {
        Set<String> values = Stream.of(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
        if (!values.stream().allMatch(value -> value.matches(pattern))) {
            throw new IllegalArgumentException();
        }
        return values;
    }

    private static URI website(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static byte[] key(String text) {
        byte[] key = Base64.getUrlDecoder().decode(text);
        if (key.length != KEY_BYTES || !Randomness.isPlausible(key)) {
            throw new IllegalArgumentException();
        }
        return key;
    }
}
