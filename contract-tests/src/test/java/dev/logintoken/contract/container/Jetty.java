package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Eclipse Jetty, with a {@code JETTY_BASE} of its own. */
final class Jetty extends Container {

    private static final String DATA_SOURCE = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <New class="org.eclipse.jetty.plus.jndi.Resource">
                <Arg>jdbc/loginToken</Arg>
                <Arg>
                  <New class="com.zaxxer.hikari.HikariDataSource">
                    <Set name="jdbcUrl">%s</Set>
                    %s
                  </New>
                </Arg>
              </New>
            </Configure>
            """;

    Jetty(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Files.createDirectory(deployments(base));
        List<String> command =
                new ArrayList<>(List.of(java().resolve("bin/java").toString()));
        command.addAll(List.of("-jar", home().resolve("start.jar").toString()));
        Files.createDirectory(base.resolve("work"));
        List<String> settings = new ArrayList<>(List.of(
                "--modules=http",
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port,
                "jetty.deploy.scanInterval=1"));
        // Of another environment, and so in a file of its own; 12.0 has the interval here, 12.1 above.
        List<String> webApplications = new ArrayList<>(List.of("--modules=ee10-deploy", "jetty.deploy.scanInterval=1"));
        if (setup.dataSource().isPresent()) {
            settings.add("--modules=ext,plus");
            webApplications.add("--modules=ee10-plus");
            settings.add("etc/data-source.xml");
            Hosted.fromWar("(postgresql|HikariCP)-.*\\.jar", Files.createDirectories(base.resolve("lib/ext")));
            Files.writeString(
                    Files.createDirectory(base.resolve("etc")).resolve("data-source.xml"),
                    DATA_SOURCE.formatted(setup.dataSource().get(), setup.pool()));
        }
        if (setup.quiet()) {
            Path logging = Files.createDirectory(base.resolve("resources")).resolve("java-util-logging.properties");
            Files.copy(home().resolve("modules/logging/jul/resources/java-util-logging.properties"), logging);
            Files.writeString(logging, "\n" + Setup.EXCHANGES + ".level = OFF\n", StandardOpenOption.APPEND);
            settings.add("-Djava.util.logging.config.file=" + logging);
        }
        // In a file, because a module may have Jetty start a JVM that knows nothing of this one's properties.
        settings.addAll(setup.arguments());
        Path files = Files.createDirectory(base.resolve("start.d"));
        Files.write(files.resolve("base.ini"), settings);
        Files.write(files.resolve("ee10.ini"), webApplications);
        return new Start(command, Map.of(), base.resolve("logs"));
    }

    @Override
    boolean isFullyConfigured() {
        return true;
    }

    /** Properties of HikariCP's bean. */
    @Override
    List<String> awkwardPools() {
        return List.of(
                "<Set name=\"autoCommit\">false</Set>",
                "<Set name=\"readOnly\">true</Set>"
                        + "<Set name=\"transactionIsolation\">TRANSACTION_SERIALIZABLE</Set>");
    }

    /** By the iterator over the keys that its selector found last: ManagedSelector.SelectorProducer._cursor. */
    @Override
    boolean holdsLastConnection() {
        return true;
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("webapps");
    }
}
