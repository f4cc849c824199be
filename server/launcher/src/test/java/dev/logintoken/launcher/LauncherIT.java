package dev.logintoken.launcher;

import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** How {@code java -jar} starts or says why not, and what the application sees. */
final class LauncherIT extends LaunchedWar {

    @Test
    void itAnswersWhereItSaysItIsReady() throws Exception {
        String url = start();
        assertThat(url).matches("http://127\\.0\\.0\\.1:[1-9]\\d*");
        assertThat(get(url + "/any/path")).isEqualTo("/any/path");
        assertThat(get(url + "/dev/logintoken/launcher/Main.class")).isEqualTo("/dev/logintoken/launcher/Main.class");
        assertThat(get(url + "/attribute?name=dev.logintoken.executable")).isEqualTo("true");
        assertThat(get(url + "/attribute?name=jakarta.servlet.context.tempdir"))
                .startsWith(temporary.toRealPath().resolve("login-token-").toString());
    }

    @Test
    void itAnswersUnderAContextPath() throws Exception {
        Files.writeString(working.resolve("login-token.properties"), "logintoken.http.context-path=/a/b\n");
        String url = start();
        assertThat(url).endsWith("/a/b");
        assertThat(get(url + "/c")).isEqualTo("/c");
        assertThat(raw(url, "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .endsWith("\r\n\r\n" + GENERAL_ERROR);
    }

    @Test
    void theApplicationSeesTheServletApiAndNothingElseOfTheLauncher() throws Exception {
        String url = start();
        assertThat(get(url + "/class?name=jakarta.servlet.Servlet")).isEqualTo("true");
        for (String name : List.of(
                "dev.logintoken.launcher.Launcher",
                "dev.logintoken.launcher.Main",
                "dev.logintoken.settings.Values",
                "org.eclipse.jetty.server.Server",
                "org.objectweb.asm.ClassReader",
                "org.slf4j.Logger")) {
            assertThat(get(url + "/class?name=" + name)).as(name).isEqualTo("false");
        }
        for (String name : List.of(
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "org/slf4j/Logger.class", "META-INF/LICENSE")) {
            assertThat(get(url + "/resource?name=" + name)).as(name).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, nonsense, 1",
        "400, GET /%zz HTTP/1.1, 1",
        "400, GET /..%2f HTTP/1.1, 1",
        "414, GET /{long} HTTP/1.1, 1",
        "431, GET / HTTP/1.1, 20000",
        "405, DELETE / HTTP/1.1, 1",
    })
    void whatJettyRefusesIsAnsweredInTheWordsOfTheApplication(int status, String line, int header) throws Exception {
        String request = line.replace("{long}", "a".repeat(20_000)) + "\r\nHost: x\r\nConnection: close\r\nX-Long: "
                + "a".repeat(header) + "\r\n\r\n";
        assertThat(raw(start(), request))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .doesNotContainIgnoringCase("\r\nServer:")
                .doesNotContainIgnoringCase("\r\nX-Powered-By:")
                .endsWith("\r\n\r\n" + GENERAL_ERROR);
    }

    @Test
    void aBadSettingIsOneLine() throws Exception {
        launch("probe.war", List.of("-Dlogintoken.http.port=high"));
        assertEnded(1);
        assertThat(complaints())
                .containsExactly("login-token does not start: logintoken.http.port must be a port from 0 to 65535,"
                        + " not 'high' (set by system property logintoken.http.port).");
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            launch("probe.war", List.of("-Dlogintoken.http.port=" + port));
            assertEnded(1);
        }
        assertThat(complaints())
                .containsExactly("login-token does not start: It cannot listen on host 127.0.0.1, port " + port
                        + ": Address already in use. Set another logintoken.http.host or logintoken.http.port, or stop"
                        + " the process that listens there.");
    }

    @Test
    void anUnknownHostIsOneLine() throws Exception {
        launch("probe.war", List.of("-Dlogintoken.http.host=no.such.host.invalid"));
        assertEnded(1);
        assertThat(complaints())
                .containsExactly("login-token does not start: It cannot listen on host no.such.host.invalid, port 0:"
                        + " no such host. Set another logintoken.http.host or logintoken.http.port, or stop the process"
                        + " that listens there.");
    }

    @Test
    void aServiceThatIsReadyHasNoFilesThatACleanerCouldTake() throws Exception {
        String url = start();
        try (Stream<Path> left = Files.walk(temporary)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(get(url + "/any/path")).isEqualTo("/any/path");
    }

    @Test
    void anApplicationThatFailsIsOneLineOfItsRootCause() throws Exception {
        launch("probe.war", List.of("-Dprobe.fails=true"));
        assertEnded(1);
        assertThat(complaints()).containsExactly("login-token does not start: its root");
    }

    @Test
    void anArchiveWithoutTheLauncherIsOneLine() throws Exception {
        launch("incomplete.war", List.of());
        assertEnded(1);
        assertThat(complaints())
                .containsExactly("login-token does not start: This is not the whole archive."
                        + " Run java -jar login-token.war.");
    }

    @Test
    void aMissingTemporaryDirectoryIsOneLine() throws Exception {
        launch("probe.war", List.of("-Djava.io.tmpdir=" + temporary.resolve("none")));
        assertEnded(1);
        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith(
                        "login-token does not start: It needs a directory to unpack itself, under java.io.tmpdir: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void helpTellsTheSettings(String argument) throws Exception {
        launch("probe.war", List.of(), argument);
        assertEnded(0);
        assertThat(output().lines().reduce("", String::concat))
                .contains(KnownSettings.all().stream().map(Setting::key).toList());
        assertThat(complaints()).isEmpty();
    }

    @Test
    void anyOtherArgumentIsRefusedInOneLine() throws Exception {
        launch("probe.war", List.of(), "serve");
        assertEnded(2);
        assertThat(complaints()).containsExactly("Unknown: serve. Try --help.");
    }
}
