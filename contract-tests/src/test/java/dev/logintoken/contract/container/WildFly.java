package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** WildFly, with a base directory of its own; it listens on 127.0.0.1 by itself. */
final class WildFly extends Container {

    private static final String MODULE = """
            <module xmlns="urn:jboss:module:1.9" name="org.postgresql">
              <resources>
                <resource-root path="%s"/>
              </resources>
              <dependencies>
                <module name="java.sql"/>
                <module name="java.naming"/>
                <module name="java.management"/>
                <module name="java.logging"/>
                <module name="java.security.jgss"/>
                <module name="jakarta.transaction.api"/>
              </dependencies>
            </module>
            """;

    private static final String DATA_SOURCE = """
            <datasource jndi-name="java:/jdbc/loginToken" pool-name="loginToken">
              <connection-url>%s</connection-url>
              <driver>postgresql</driver>
            </datasource>
            """;

    WildFly(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        copy(home().resolve("standalone"), base);
        String configuration = "configuration/standalone.xml";
        Map<String, String> changes = new TreeMap<>(Map.of(
                "scan-interval=\"5000\"",
                "scan-interval=\"500\"",
                // As long as a worker's thread lives, it holds on to the first request that it served, and its
                // application.
                "<worker name=\"default\"/>",
                "<worker name=\"default\" task-core-threads=\"0\" task-keepalive=\"1000\"/>"));
        if (setup.dataSource().isPresent()) {
            Path module = Files.createDirectories(base.resolve("modules/org/postgresql/main"));
            Path driver = Hosted.fromWar("postgresql-.*\\.jar", module).get(0);
            Files.writeString(module.resolve("module.xml"), MODULE.formatted(driver.getFileName()));
            changes.put(
                    "</datasources>", DATA_SOURCE.formatted(setup.dataSource().get()) + "</datasources>");
            changes.put("</drivers>", "<driver name=\"postgresql\" module=\"org.postgresql\"/></drivers>");
        }
        if (setup.quiet()) {
            changes.put(
                    "<root-logger>",
                    "<logger category=\"" + Setup.EXCHANGES + "\"><level name=\"OFF\"/></logger><root-logger>");
        }
        edit(home().resolve("standalone").resolve(configuration), base.resolve(configuration), changes);
        List<String> command = new ArrayList<>(List.of(
                home().resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=0"));
        command.addAll(setup.arguments());
        return new Start(
                command,
                Map.of(
                        "JBOSS_HOME",
                        home().toString(),
                        "JBOSS_MODULEPATH",
                        home().resolve("modules") + ":" + base.resolve("modules")),
                base.resolve("log"));
    }

    @Override
    Optional<String> descriptor() {
        return Optional.of("WEB-INF/jboss-deployment-structure.xml");
    }

    @Override
    boolean isFullyConfigured() {
        return true;
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("deployments");
    }
}
