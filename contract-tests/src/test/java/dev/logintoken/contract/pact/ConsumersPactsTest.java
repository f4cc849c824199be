package dev.logintoken.contract.pact;

import au.com.dius.pact.core.model.Pact;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A run that verifies nothing is never green. */
final class ConsumersPactsTest {

    private static final String PACT = "website-login-token.json";

    @TempDir
    private Path typedIn;

    @Test
    void aFolderIsRelativeToWhereTheCommandWasTyped() throws IOException {
        write("theirs", "login-token");
        assertThat(load("theirs")).hasSize(1);
    }

    @Test
    void aUrlIsReadAsItStands() throws IOException {
        byte[] pact = Files.readAllBytes(Path.of("pacts", PACT));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, pact.length);
            exchange.getResponseBody().write(pact);
            exchange.close();
        });
        server.start();
        try {
            assertThat(load("http://127.0.0.1:" + server.getAddress().getPort() + "/pact.json"))
                    .singleElement()
                    .satisfies(read -> assertThat(read.getInteractions()).isNotEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aMissingFolderIsAFailure() {
        assertThatThrownBy(() -> load("nowhere"))
                .hasMessageContaining("There is no folder " + typedIn.resolve("nowhere"));
    }

    @Test
    void anEmptyFolderIsAFailure() throws IOException {
        Files.createDirectory(typedIn.resolve("empty"));
        assertThatThrownBy(() -> load("empty")).hasMessageContaining("has no Pact file");
    }

    @Test
    void aMisspeltProviderIsAFailure() throws IOException {
        write("theirs", "login-tokens");
        assertThatThrownBy(() -> load("theirs")).hasMessageContaining("'login-tokens'; ours is 'login-token'");
    }

    @Test
    void aFileWithoutInteractionsIsAFailure() throws IOException {
        Path folder = Files.createDirectory(typedIn.resolve("theirs"));
        Files.writeString(folder.resolve("none.json"), """
                {"consumer": {"name": "them"}, "provider": {"name": "login-token"}, "interactions": [],
                 "metadata": {"pactSpecification": {"version": "3.0.0"}}}""");
        assertThatThrownBy(() -> load("theirs")).hasMessageContaining("has no interaction");
    }

    private List<Pact> load(String given) throws IOException {
        return new ConsumersPacts(given, typedIn).load("login-token");
    }

    private void write(String folder, String provider) throws IOException {
        String pact = Files.readString(Path.of("pacts", PACT))
                .replace("\"name\": \"login-token\"", "\"name\": \"" + provider + "\"");
        Files.writeString(Files.createDirectory(typedIn.resolve(folder)).resolve(PACT), pact);
    }
}
