package dev.logintoken.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Eclipse Jetty, with a {@code JETTY_BASE} of its own. */
final class Jetty extends Container {

    Jetty(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Files.createDirectory(deployments(base));
        List<String> command =
                new ArrayList<>(List.of(java().resolve("bin/java").toString()));
        command.addAll(setup.arguments());
        command.addAll(List.of(
                "-jar",
                home().resolve("start.jar").toString(),
                "--module=http,ee10-deploy",
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port));
        return new Start(command, Map.of(), base.resolve("logs"));
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("webapps");
    }
}
