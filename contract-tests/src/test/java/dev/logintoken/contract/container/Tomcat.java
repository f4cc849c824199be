package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Apache Tomcat, with a {@code CATALINA_BASE} of its own. */
final class Tomcat extends Container {

    Tomcat(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Path home = home();
        for (String directory : List.of("lib", "logs", "temp", "webapps", "work")) {
            Files.createDirectory(base.resolve(directory));
        }
        Path conf = base.resolve("conf");
        copy(home.resolve("conf"), conf);
        edit(
                home.resolve("conf/server.xml"),
                conf.resolve("server.xml"),
                Map.of(
                        "<Server port=\"8005\"",
                        "<Server port=\"-1\"",
                        "<Connector port=\"8080\"",
                        "<Connector address=\"127.0.0.1\" port=\"" + port + "\"",
                        "<Engine name=\"Catalina\"",
                        "<Engine name=\"Catalina\" backgroundProcessorDelay=\"1\""));
        if (setup.dataSource().isPresent()) {
            Hosted.fromWar("postgresql-.*\\.jar", base.resolve("lib"));
            edit(home.resolve("conf/context.xml"), conf.resolve("context.xml"), Map.of("</Context>", """
                      <Resource name="jdbc/loginToken" type="javax.sql.DataSource" auth="Container"
                                driverClassName="org.postgresql.Driver" url="%s" %s />
                    </Context>""".formatted(
                            setup.dataSource().get(), setup.pool())));
        }
        if (setup.quiet()) {
            Files.writeString(
                    conf.resolve("logging.properties"),
                    "\n" + Setup.EXCHANGES + ".level = OFF\n",
                    StandardOpenOption.APPEND);
        }
        return new Start(
                List.of(home.resolve("bin/catalina.sh").toString(), "run"),
                Map.of("CATALINA_BASE", base.toString(), "CATALINA_OPTS", String.join(" ", setup.arguments())),
                base.resolve("logs"));
    }

    @Override
    boolean isFullyConfigured() {
        return true;
    }

    @Override
    List<String> awkwardPools() {
        return List.of(
                "defaultAutoCommit=\"false\"",
                "defaultReadOnly=\"true\" defaultTransactionIsolation=\"SERIALIZABLE\"",
                "maxTotal=\"2\" defaultAutoCommit=\"false\" rollbackOnReturn=\"false\"");
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("webapps");
    }
}
