package dev.logintoken.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw values of settings. The first source that has a setting wins. The sources are a system property
 * ({@code logintoken.ttl}), an environment variable ({@code LOGINTOKEN_TTL}), and a line of the file {@link #FILE} in
 * the working directory. Blanks and line ends around a value are ignored.
 */
public final class Values {

    /** The file that is read from the working directory, if it exists. */
    public static final String FILE = "login-token.properties";

    private final List<Source> sources;

    private Values(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads the values for this process.
     *
     * @throws InvalidSettingException if a name is not a setting
     */
    public static Values load() {
        return read().closed();
    }

    /** Reads the values for this process, and does not check for unknown names. */
    public static Values read() {
        List<Source> sources = new ArrayList<>();
        sources.add(Source.systemProperties(System.getProperties()));
        sources.add(Source.environment(System.getenv()));
        Path file = Path.of(FILE);
        if (Files.exists(file)) {
            sources.add(Source.file(file));
        }
        return new Values(sources);
    }

    /** Returns the values in a map, as if they were system properties. */
    public static Values of(Map<String, String> values) {
        java.util.Properties properties = new java.util.Properties();
        properties.putAll(values);
        return of(Source.systemProperties(properties));
    }

    static Values of(Source... sources) {
        return new Values(List.of(sources));
    }

    Values closed() {
        List<String> unknown = unknown();
        if (!unknown.isEmpty()) {
            throw new InvalidSettingException(String.join(" ", unknown));
        }
        return this;
    }

    /** Returns these values without some of the settings, which then have their defaults. */
    public Values without(List<Setting<?>> settings) {
        return new Values(
                sources.stream().map(source -> source.without(settings)).toList());
    }

    /** Returns a line about each name that looks like a setting but is none, with the nearest setting. */
    public List<String> unknown() {
        return sources.stream().flatMap(source -> source.unknown().stream()).toList();
    }

    /**
     * Returns the value of a setting, or its default.
     *
     * @throws InvalidSettingException if the value is not allowed
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseGet(
                        () -> setting.kind().parser().apply(setting.standard().orElseThrow()));
    }

    /**
     * Returns the value of a setting, if it is set.
     *
     * @throws InvalidSettingException if the value is not allowed
     */
    public <T> Optional<T> find(Setting<T> setting) {
        return text(setting).map(text -> parse(setting, text));
    }

    /** Returns the raw text of a setting, as in its source. */
    public Optional<String> text(Setting<?> setting) {
        for (Source source : sources) {
            Optional<String> name = source.find(setting);
            if (name.isPresent()) {
                return Optional.of(
                        String.valueOf(source.entries().get(name.get())).strip());
            }
        }
        return Optional.empty();
    }

    /** Returns the description of a setting's source, if it is set. */
    public Optional<String> origin(Setting<?> setting) {
        for (Source source : sources) {
            Optional<String> name = source.find(setting);
            if (name.isPresent()) {
                return name.map(source.describe());
            }
        }
        return Optional.empty();
    }

    private <T> T parse(Setting<T> setting, String text) {
        String origin = origin(setting).orElseThrow();
        if (text.isEmpty()) {
            throw new InvalidSettingException(
                    setting.key() + " has no value: give it one, or leave it out (set by " + origin + ").");
        }
        try {
            return setting.kind().parser().apply(text);
        } catch (IllegalArgumentException e) {
            // Other settings are not quoted: the text may be a secret in the wrong place.
            String quoted = setting.is(Setting.Trait.JAVA_JAR) ? ", not '" + text + "'" : "";
            throw new InvalidSettingException(
                    setting.key() + " must be " + setting.kind().allowed() + quoted + " (set by " + origin + ").");
        }
    }
}
