package dev.logintoken.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A source of settings.
 *
 * @param entries the names and values in it
 * @param closed whether the source may hold nothing but settings
 * @param describe describes a name in this source, as its user knows it
 * @param spell returns a key as this source spells it
 */
record Source(
        Map<String, String> entries, boolean closed, UnaryOperator<String> describe, UnaryOperator<String> spell) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Matches the variables that Kubernetes sets for each Service, here for a Service whose name begins like our
     * settings.
     */
    private static final Pattern KUBERNETES =
            Pattern.compile("[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern KUBERNETES_URL = Pattern.compile("(tcp|udp|sctp)://.*");

    static Source systemProperties(Properties properties) {
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return new Source(entries, false, name -> "system property " + name, UnaryOperator.identity());
    }

    static Source environment(Map<String, String> variables) {
        Map<String, String> entries = new TreeMap<>(variables);
        entries.entrySet().removeIf(Source::isKubernetes);
        return new Source(
                entries,
                false,
                name -> "environment variable " + name,
                key -> key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /**
     * Reads a properties file, in UTF-8 with or without a byte order mark.
     *
     * @throws InvalidSettingException if the file cannot be read or has a key twice
     */
    static Source file(Path file) {
        String where = file.toAbsolutePath().normalize().toString();
        Map<String, String> entries = new TreeMap<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (entries.put((String) key, (String) value) != null) {
                    throw new InvalidSettingException(
                            "The file " + where + " has " + key + " twice: remove one of the lines.");
                }
                return super.put(key, value);
            }
        };
        try {
            String text = Files.readString(file);
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            throw new InvalidSettingException("The file " + where + " cannot be read: it is not UTF-8.");
        } catch (AccessDeniedException e) {
            throw new InvalidSettingException("The file " + where + " cannot be read: permission denied. Give it to the"
                    + " user of the service, with the rights 600.");
        } catch (IOException e) {
            throw new InvalidSettingException("The file " + where + " cannot be read: "
                    + (Files.isDirectory(file)
                            ? "it is a folder. Remove the folder, or put a file in its place."
                            : e.getMessage() + "."));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("The file " + where + " cannot be read: it has a broken \\u escape.");
        }
        return new Source(entries, true, name -> name + " in " + where, UnaryOperator.identity());
    }

    /** Returns this source without some of the settings. */
    Source without(List<Setting<?>> settings) {
        Map<String, String> others = new TreeMap<>(entries);
        settings.forEach(setting -> others.remove(spell.apply(setting.key())));
        return new Source(others, closed, describe, spell);
    }

    /** Returns the name under which this source has a setting, if it does. */
    Optional<String> find(Setting<?> setting) {
        return Optional.of(spell.apply(setting.key())).filter(entries::containsKey);
    }

    /** Returns a line about each name that looks like a setting but is none. */
    List<String> unknown() {
        List<String> known =
                KnownSettings.all().stream().map(Setting::key).map(spell).toList();
        Nearest nearest =
                new Nearest(KnownSettings.all().stream().map(Setting::key).toList());
        Function<String, String> line = name -> "Unknown setting: " + describe.apply(name)
                + nearest.suggestion(name)
                        .map(key -> ". The nearest known one is " + spell.apply(key) + ".")
                        .orElse(". 'java -jar login-token.war --help' lists all settings.");
        return entries.keySet().stream()
                .filter(name -> !known.contains(name))
                .filter(name -> closed || Nearest.plain(name).startsWith(KnownSettings.PREFIX) || nearest.isClose(name))
                .map(line)
                .toList();
    }

    private static boolean isKubernetes(Map.Entry<String, String> variable) {
        return KUBERNETES.matcher(variable.getKey()).matches()
                || (variable.getKey().endsWith("_PORT")
                        && KUBERNETES_URL.matcher(variable.getValue()).matches());
    }
}
