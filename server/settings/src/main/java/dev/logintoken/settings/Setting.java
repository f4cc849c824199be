package dev.logintoken.settings;

import java.util.Optional;
import java.util.Set;

/**
 * One setting.
 *
 * @param <T> what its value is read as
 * @param key its name, in a file and as a system property
 * @param kind what values it may have
 * @param standard the value that it has if nobody sets it; empty if there is none
 * @param otherwise says what holds if nobody sets it
 * @param meaning says in a few words what it sets
 * @param traits what else there is to know
 */
public record Setting<T>(
        String key, Kind<T> kind, Optional<String> standard, String otherwise, String meaning, Set<Trait> traits) {

    /** What is true of some settings. */
    public enum Trait {
        /** Nobody may read its value. */
        SECRET,
        /** Only {@code java -jar} heeds it; in a container that is the container's business. */
        JAVA_JAR,
        /** Only production heeds it. */
        PRODUCTION,
        /** Who sets it wants production, unless a sandbox is asked for. */
        SIGN_OF_PRODUCTION,
        /** It says something about the database of {@code logintoken.db.url}. */
        DATABASE
    }

    /** Whether this is true of it. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    static <T> Setting<T> of(String key, Kind<T> kind, String standard, String meaning, Trait... traits) {
        return new Setting<>(key, kind, Optional.of(standard), standard, meaning, Set.of(traits));
    }

    static <T> Setting<T> open(String key, Kind<T> kind, String otherwise, String meaning, Trait... traits) {
        return new Setting<>(key, kind, Optional.empty(), otherwise, meaning, Set.of(traits));
    }

    @Override
    public String toString() {
        return key;
    }
}
