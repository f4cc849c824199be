package dev.logintoken.contract.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** No container at all: {@code java -jar}, on another JDK than the build's. */
final class ExecutableWar extends Container {

    ExecutableWar(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) {
        List<String> command =
                new ArrayList<>(List.of(java().resolve("bin/java").toString()));
        command.addAll(setup.arguments());
        command.addAll(List.of(
                "-Dlogintoken.http.port=" + port,
                "-Dlogintoken.http.context-path=/login-token",
                "-jar",
                "login-token.war"));
        return new Start(command, Map.of(), base.resolve("logs"));
    }

    @Override
    Path deployments(Path base) {
        return base;
    }
}
