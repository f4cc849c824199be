package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payara Micro, which is one jar. */
final class PayaraMicro extends Container {

    PayaraMicro(String name, Path java) {
        super(name, java);
    }

    @Override
    boolean bringsJaxRs() {
        return true;
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Files.createDirectory(deployments(base));
        Path address = Files.writeString(
                base.resolve("loopback.txt"),
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                        + "=127.0.0.1\n");
        List<String> command =
                new ArrayList<>(List.of(java().resolve("bin/java").toString()));
        command.addAll(setup.arguments());
        command.addAll(List.of(
                "-jar",
                home().toString(),
                "--rootDir",
                base.resolve("root").toString(),
                "--nocluster",
                "--prebootcommandfile",
                address.toString(),
                "--port",
                Integer.toString(port),
                "--deploymentDir",
                deployments(base).toString()));
        return new Start(command, Map.of(), base.resolve("root/logs"));
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("deployments");
    }
}
