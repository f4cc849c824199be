package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A servlet container of a released distribution, which the build has unpacked, run as its users run it. */
public abstract class Container {

    private final String name;
    private final Path java;

    /**
     * One row of the table of containers.
     *
     * @param name what {@code -Dcontainer=} selects it by
     * @param java where the JDK is that it runs on
     */
    Container(String name, Path java) {
        this.name = name;
        this.java = java;
    }

    /**
     * How a container is started.
     *
     * @param command the command and its arguments
     * @param environment what it needs besides the surroundings
     * @param logs where it keeps its log files
     */
    record Start(List<String> command, Map<String, String> environment, Path logs) {}

    /**
     * Lays out an instance of the container, without a WAR.
     *
     * @param base where, an empty directory, which is the working directory later
     * @param port where it is to listen, on 127.0.0.1 alone
     */
    abstract Start prepare(Path base, int port, Setup setup) throws IOException;

    /** The directory of an instance into which WARs are dropped; each answers under its name. */
    abstract Path deployments(Path base);

    /** Whether a container that has logged this much takes WARs; most find those that were there before the start. */
    boolean takesWars(String output) {
        return true;
    }

    /** Whether the whole of a {@link Setup} is known to it, not only the properties and the environment. */
    boolean isFullyConfigured() {
        return false;
    }

    /** How its pool can be set up so that no connection is as the service needs it, each for {@link Setup#withPool}. */
    List<String> awkwardPools() {
        return List.of();
    }

    /** Whether JAX-RS is the container's own, not the WAR's. */
    boolean bringsJaxRs() {
        return false;
    }

    /** Whether it holds the connection that it heard of last, and what application served it, until it hears of another. */
    boolean holdsLastConnection() {
        return false;
    }

    /** The file of the WAR that is meant for this container alone. */
    Optional<String> descriptor() {
        return Optional.empty();
    }

    /** The JDK that it runs on. */
    Path java() {
        return java;
    }

    /** What the distribution consists of: the one directory that its archive holds, or one jar. */
    Path home() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("target/containers").resolve(distribution()))) {
            List<Path> found = entries.map(Path::toAbsolutePath).toList();
            if (found.size() != 1) {
                throw new IllegalStateException("Run mvn clean; there is not one distribution but " + found);
            }
            return found.get(0);
        }
    }

    /** What the build has unpacked; rows on another JDK share it. */
    private String distribution() {
        return name.replaceFirst("-java-\\d+$", "");
    }

    /** Writes a changed copy of a file of the distribution. */
    static void edit(Path original, Path copy, Map<String, String> replacements) throws IOException {
        String text = Files.readString(original);
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            if (!text.contains(replacement.getKey())) {
                throw new IllegalStateException(original + " has no " + replacement.getKey());
            }
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        Files.writeString(copy, text);
    }

    /** Copies a directory and what is in it. */
    static void copy(Path original, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(original.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public final String toString() {
        return name;
    }
}
