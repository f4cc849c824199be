package dev.logintoken.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** WildFly, with a base directory of its own; it listens on 127.0.0.1 by itself. */
final class WildFly extends Container {

    WildFly(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        copy(home().resolve("standalone"), base);
        List<String> command = new ArrayList<>(List.of(
                home().resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=0"));
        command.addAll(setup.arguments());
        return new Start(command, Map.of("JBOSS_HOME", home().toString()), base.resolve("log"));
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("deployments");
    }
}
