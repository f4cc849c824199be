package dev.logintoken.contract.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the table of containers. */
public final class Containers {

    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

    private Containers() {}

    /** All that this run can start. */
    static List<Container> all() {
        return all(System.getProperty("container.java25", ""));
    }

    /**
     * All that can be started.
     *
     * @param java25 where a JDK 25 is; without one, nothing runs on it
     */
    static List<Container> all(String java25) {
        List<Container> rows = new ArrayList<>(List.of(
                new Tomcat("tomcat-10.1", THIS_JAVA),
                new Tomcat("tomcat-11", THIS_JAVA),
                new Jetty("jetty-12.0", THIS_JAVA),
                new Jetty("jetty-12.1", THIS_JAVA),
                new WildFly("wildfly", THIS_JAVA),
                new OpenLiberty("open-liberty", THIS_JAVA),
                new GlassFish("glassfish", THIS_JAVA),
                new PayaraMicro("payara-micro", THIS_JAVA)));
        if (!java25.isEmpty()) {
            rows.add(new ExecutableWar("java-25", Path.of(java25)));
            rows.add(new Tomcat("tomcat-11-java-25", Path.of(java25)));
        }
        return rows;
    }

    /** Those that {@code -Dcontainer=} names, separated by commas; all if it names none. */
    static List<Container> selected() {
        return selected(System.getProperty("container", ""));
    }

    /** Of those that are selected, the ones that are servlet containers: java -jar starts without any configuration. */
    static List<Container> servletContainers() {
        return selected().stream()
                .filter(container -> !(container instanceof ExecutableWar))
                .toList();
    }

    /** Of those that are selected, which know data sources and the like, on the JDK of this run. */
    static List<Container> fullyConfigured() {
        return selected().stream()
                .filter(container ->
                        container.isFullyConfigured() && container.java().equals(THIS_JAVA))
                .toList();
    }

    /** Of those that are selected, the Tomcats on the JDK of this run. */
    static List<Container> tomcats() {
        return fullyConfigured().stream().filter(Tomcat.class::isInstance).toList();
    }

    /** Of those that are selected, which have pools that can be set up as the service does not need them. */
    static List<Container> withAwkwardPools() {
        return fullyConfigured().stream()
                .filter(container -> !container.awkwardPools().isEmpty())
                .toList();
    }

    /** Of those that are selected, which the WAR has a descriptor for. */
    static List<Container> withDescriptor() {
        return selected().stream()
                .filter(container -> container.descriptor().isPresent())
                .toList();
    }

    /** Returns the containers with the given names, separated by commas. */
    public static List<Container> selected(String names) {
        Map<String, Container> known =
                all().stream().collect(Collectors.toMap(Container::toString, Function.identity()));
        if (names.isBlank()) {
            return all();
        }
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .peek(name -> {
                    if (!known.containsKey(name)) {
                        throw new IllegalArgumentException("There is no container '" + name + "'; known are "
                                + all().stream().map(Container::toString).collect(Collectors.joining(", ")) + ".");
                    }
                })
                .flatMap(name -> Stream.ofNullable(known.get(name)))
                .toList();
    }
}
