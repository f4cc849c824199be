package dev.logintoken.contract.container;

import dev.logintoken.contract.service.Ports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Eclipse GlassFish, with a domain of its own. */
final class GlassFish extends Container {

    GlassFish(String name, Path java) {
        super(name, java);
    }

    @Override
    boolean bringsJaxRs() {
        return true;
    }

    @Override
    boolean takesWars(String output) {
        // One that is there earlier may meet services that are not, and is not tried again.
        return output.contains("startup time");
    }

    @Override
    Start prepare(Path base, int port, Setup setup) throws IOException {
        Path original = home().resolve("glassfish/domains/domain1");
        Path domain = base.resolve("domain1");
        copy(original, domain);
        Map<String, String> changes = new TreeMap<>(Map.of(
                "network-listener port=\"8080\"",
                "network-listener address=\"127.0.0.1\" port=\"" + port + "\"",
                "<jvm-options>-Dosgi.shell.telnet.port=6666</jvm-options>",
                setup.arguments().stream()
                        .map(argument -> "<jvm-options>" + argument + "</jvm-options>")
                        .collect(Collectors.joining()),
                "address=\"0.0.0.0\"",
                "address=\"127.0.0.1\"",
                // A message broker of its own would listen on all addresses.
                "jms-service type=\"EMBEDDED\"",
                "jms-service type=\"REMOTE\""));
        // What it listens on besides.
        for (String other : List.of("8181", "4848")) {
            changes.put(
                    "network-listener port=\"" + other + "\"",
                    "network-listener address=\"127.0.0.1\" port=\"" + Ports.free() + "\"");
        }
        for (String other : List.of("3700", "3820", "3920", "8686")) {
            changes.put("port=\"" + other + "\"", "port=\"" + Ports.free() + "\"");
        }
        edit(original.resolve("config/domain.xml"), domain.resolve("config/domain.xml"), changes);
        return new Start(
                List.of(
                        home().resolve("bin/asadmin").toString(),
                        "start-domain",
                        "--verbose",
                        "--domaindir",
                        base.toString(),
                        "domain1"),
                Map.of("AS_JAVA", java().toString()),
                domain.resolve("logs"));
    }

    @Override
    Path deployments(Path base) {
        return base.resolve("domain1/autodeploy");
    }
}
