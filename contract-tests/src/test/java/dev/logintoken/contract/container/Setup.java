package dev.logintoken.contract.container;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an operator tells a container about the service, from outside the WAR.
 *
 * @param properties system properties
 * @param environment environment variables
 * @param dataSource JDBC URL of the data source that is bound as {@code jdbc/loginToken}
 * @param pool how the container's pool hands out its connections, as its configuration says it
 * @param quiet whether the container's own logging is told to drop the lines for exchanges
 */
public record Setup(
        Map<String, String> properties,
        Map<String, String> environment,
        Optional<String> dataSource,
        String pool,
        boolean quiet) {

    /** The logger of the lines for exchanges. */
    static final String EXCHANGES = "dev.logintoken.exchanges";

    /** Nothing at all. */
    static final Setup NONE = new Setup(Map.of(), Map.of(), Optional.empty(), "", false);

    /** A sandbox on the database that it brings along. */
    public static final Setup SANDBOX = NONE.with("logintoken.sandbox", "true");

    /** The same with one more system property. */
    Setup with(String key, String value) {
        return new Setup(plus(properties, key, value), environment, dataSource, pool, quiet);
    }

    /** The same with one more environment variable. */
    Setup withVariable(String name, String value) {
        return new Setup(properties, plus(environment, name, value), dataSource, pool, quiet);
    }

    /** The same with a data source. */
    Setup withDataSource(String url) {
        return new Setup(properties, environment, Optional.of(url), pool, quiet);
    }

    /** The same with a pool set up otherwise: in Tomcat by attributes of its {@code Resource}, in Jetty by elements of the bean. */
    Setup withPool(String setUp) {
        return new Setup(properties, environment, dataSource, setUp, quiet);
    }

    /** The same with the lines for exchanges turned off. */
    Setup withoutExchanges() {
        return new Setup(properties, environment, dataSource, pool, true);
    }

    /** The system properties as arguments of the command java. */
    List<String> arguments() {
        return properties.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .toList();
    }

    private static Map<String, String> plus(Map<String, String> map, String key, String value) {
        Map<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
