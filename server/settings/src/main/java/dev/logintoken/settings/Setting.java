package dev.logintoken.settings;

import java.util.Optional;
import java.util.Set;

/**
 * A setting.
 *
 * @param <T> the type of its value
 * @param key its name, in a file and as a system property
 * @param kind its allowed values
 * @param standard its default value; empty if there is none
 * @param otherwise describes the behaviour if nobody sets it
 * @param meaning describes in a few words what it sets
 * @param traits its other properties
 */
public record Setting<T>(
        String key, Kind<T> kind, Optional<String> standard, String otherwise, String meaning, Set<Trait> traits) {

    /** Properties that some settings have. */
    public enum Trait {
        /** Its value is secret. */
        SECRET,
        /** Only {@code java -jar} uses it. In a container, the container decides. */
        JAVA_JAR,
        /** Only production uses it. */
        PRODUCTION,
        /** Setting it implies production, unless a sandbox is requested. */
        SIGN_OF_PRODUCTION,
        /** It describes the database of {@code logintoken.db.url}. */
        DATABASE
    }

    /** Returns whether this setting has a trait. */
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
