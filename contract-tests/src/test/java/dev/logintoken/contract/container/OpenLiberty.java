package dev.logintoken.contract.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty, with a user directory of its own and the one feature that the WAR needs. */
final class OpenLiberty extends Container {

    private static final String SERVER = "servers/defaultServer";

    OpenLiberty(String name, Path java) {
        super(name, java);
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Files.createDirectories(deployments(base));
        Files.writeString(base.resolve(SERVER + "/server.xml"), """
                <server>
                  <featureManager>
                    <feature>servlet-6.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1" />
                </server>
                """.formatted(port));
        Files.write(base.resolve(SERVER + "/jvm.options"), setup.arguments());
        return new Start(
                List.of(home().resolve("bin/server").toString(), "run", "defaultServer"),
                Map.of("WLP_USER_DIR", base.toString()),
                base.resolve(SERVER + "/logs"));
    }

    @Override
    Path deployments(Path base) {
        return base.resolve(SERVER + "/dropins");
    }
}
