package dev.logintoken.launcher;

import dev.logintoken.settings.KnownSettings;
import dev.logintoken.settings.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A WAR with a small application, run by {@code java -jar}. */
final class LauncherIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String GENERAL_ERROR = "{\"errors\":[]}";
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <absolute-ordering/>
              <servlet>
                <servlet-name>probe</servlet-name>
                <servlet-class>dev.logintoken.launcher.ProbeServlet</servlet-class>
                <load-on-startup>1</load-on-startup>
              </servlet>
              <servlet-mapping>
                <servlet-name>probe</servlet-name>
                <url-pattern>/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    @TempDir
    private static Path archives;

    @TempDir
    private Path temporary;

    @TempDir
    private Path working;

    private @Nullable Process process;

    @BeforeAll
    static void packTheWar() throws Exception {
        pack(archives.resolve("probe.war"), true);
        pack(archives.resolve("incomplete.war"), false);
    }

    @AfterEach
    void endTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

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
    void aProxyIsBelievedOnlyIfItWasAskedFor() throws Exception {
        String request = """
                GET /caller?name=x HTTP/1.1\r
                Host: x\r
                X-Forwarded-For: 192.0.2.7\r
                X-Forwarded-Proto: https\r
                Connection: close\r
                \r
                """;
        assertThat(raw(start(), request)).endsWith("http://x/caller 127.0.0.1");
        endTheProcess();
        assertThat(raw(start("-Dlogintoken.http.forwarded=true"), request)).endsWith("https://x/caller 192.0.2.7");
    }

    @Test
    void ofAProxyThreeHeadersAreReadAndNoOther() throws Exception {
        String url = start("-Dlogintoken.http.forwarded=true");
        assertThat(caller(url, "X-Forwarded-Host: www.example.com", "X-Forwarded-For: [2001:db8::1]:80"))
                .endsWith("http://www.example.com/caller [2001:db8::1]");
        for (String other : List.of(
                "X-Forwarded-Port: 1234",
                "X-Forwarded-Server: evil.example",
                "X-Proxied-Https: on",
                "Proxy-auth-cert: x",
                "Proxy-ssl-id: x",
                "Forwarded: for=192.0.2.7;host=evil.example;proto=https")) {
            assertThat(caller(url, other)).as(other).endsWith("http://x/caller 127.0.0.1");
        }
    }

    @Test
    void aProxyThatPassesOnWhatACallerSentIsNotBelieved() throws Exception {
        String url = start("-Dlogintoken.http.forwarded=true");
        for (String header : List.of(
                "X-Forwarded-For: localhost",
                "X-Forwarded-For: evil.example",
                "X-Forwarded-For: 192.0.2.7, 192.0.2.8",
                "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-For: 192.0.2.8",
                "X-Forwarded-For: 192.0.2.256",
                "X-Forwarded-For: 1",
                "X-Forwarded-For: 1::2::3",
                "X-Forwarded-For: unknown",
                "X-Forwarded-Proto: a b",
                "X-Forwarded-Proto: ftp",
                "X-Forwarded-Host: a b",
                "X-Forwarded-Host: a/b",
                "X-Forwarded-Host: a:b",
                "X-Forwarded-Host: a:99999")) {
            assertThat(caller(url, header))
                    .as(header)
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("\r\n\r\n" + GENERAL_ERROR);
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsGivenUp() throws Exception {
        String url = start();
        try (Socket slow = socket(url)) {
            write(slow, "POST /?0 HTTP/1.1\r\nHost: x\r\nContent-Length: 16384\r\n\r\nso");
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .containsPattern("(?i)\r\nX-Request-Id: [0-9a-f-]{36}\r\n")
                    .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                    .endsWith("\r\n\r\n" + GENERAL_ERROR);
            for (int i = 0; i < 10; i++) { // More arrives, and the connection is not reset.
                write(slow, "me");
                Thread.sleep(10);
            }
        }
        assertThat(get(url + "/any/path")).isEqualTo("/any/path");
    }

    /** The caller learns that the connection ends. It is not reset before the caller has sent all and read the answer. */
    @ParameterizedTest
    @CsvSource({
        "200, Content-Length: 1000000",
        "200, Transfer-Encoding: chunked",
        "501, 'Transfer-Encoding: gzip, chunked'",
    })
    void aBodyThatIsNotReadIsDiscardedAndTheConnectionEnds(int status, String framing) throws Exception {
        String body = "x".repeat(1_000_000);
        String sent = framing.startsWith("C") ? body : "f4240\r\n" + body + "\r\n0\r\n\r\n";
        try (Socket socket = socket(start())) {
            write(socket, "GET /unread HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n" + sent.substring(0, 20_000));
            for (int at = 20_000; at < sent.length(); at += 100_000) {
                Thread.sleep(20);
                write(socket, sent.substring(at, Math.min(at + 100_000, sent.length())));
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .endsWith("\r\n\r\n" + (status == 200 ? "/unread" : GENERAL_ERROR));
        }
    }

    @Test
    void aLongBodyThatNeverComesIsNotWaitedFor() throws Exception {
        assertThat(raw(start(), "GET /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n/unread");
    }

    /** There are 200 threads at most. */
    @Test
    void slowCallersHoldNoThread() throws Exception {
        String url = start();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                slow.add(socket(url));
                write(slow.get(i), "POST /?0 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\ns");
            }
            assertThat(get(url + "/any/path")).isEqualTo("/any/path");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /**
     * There are 200 threads at most, and the answers are more than a connection's buffers hold. Some callers read a
     * little now and then, so that their connections are never idle.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 2_000})
    void callersWhoDoNotReadTheirAnswersLoseTheirConnectionsWhenAllThreadsAreBusy(int bytesNowAndThen)
            throws Exception {
        String url = start();
        List<Socket> slow = new ArrayList<>();
        Timer reader = new Timer(true);
        try {
            for (int i = 0; i < 250; i++) {
                Socket socket = new Socket();
                slow.add(socket);
                socket.setReceiveBufferSize(4 * 1024);
                socket.connect(new InetSocketAddress(
                        URI.create(url).getHost(), URI.create(url).getPort()));
                write(socket, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(80));
            }
            reader.schedule(readingFromEach(List.copyOf(slow), bytesNowAndThen), 0, 100);
            assertThat(get(url + "/any/path")).isEqualTo("/any/path");
        } finally {
            reader.cancel();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9", "Transfer-Encoding: chunked"})
    void aBodyThatArrivesInPiecesReachesTheApplicationWhole(String framing) throws Exception {
        String[] pieces = framing.startsWith("C")
                ? new String[] {"ab", "cde", "f", "ghi"}
                : new String[] {"2\r\nab\r\n3\r", "\ncde\r\n", "1\r\nf\r\n", "3\r\nghi\r\n0\r\n\r\n"};
        try (Socket socket = socket(start())) {
            write(socket, "POST /?0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + framing + "\r\n\r\n");
            for (String piece : pieces) {
                Thread.sleep(50);
                write(socket, piece);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("abcdefghi");
        }
    }

    /** The application decides how large a body may be. */
    @Test
    void aLongBodyReachesTheApplicationAsItComes() throws Exception {
        String body = "x".repeat(100_000);
        assertThat(raw(
                        start(),
                        "POST /?0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n" + body))
                .endsWith("\r\n\r\n" + body);
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

    @ParameterizedTest
    @ValueSource(ints = {0, 2000})
    void aRequestInFlightIsAnsweredBeforeTheApplicationIsStopped(int millis) throws Exception {
        String url = start();
        try (Socket idle = socket(url);
                Socket busy = socket(url)) {
            write(idle, "GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(idle.getInputStream().read()).isEqualTo('H');
            write(
                    busy,
                    "POST /?" + millis + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            // The code that waits for the body sends this.
            assertThat(busy.getInputStream().read()).isEqualTo('H');
            write(busy, "so");
            terminate();
            awaitNoConnections(url);
            assertThat(running().isAlive()).isTrue();
            assertThat(temporary).isNotEmptyDirectory();
            write(busy, "me");
            assertThat(new String(busy.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 200")
                    .endsWith("some");
        }
        assertThat(output().readLine()).isEqualTo("probe is busy");
        assertThat(output().readLine()).isEqualTo("probe is done");
        assertThat(output().readLine()).isEqualTo("probe destroyed");
        assertEnded(143);
    }

    @Test
    void aRequestThatTakesLongerThanTheStopTimeoutIsGivenUp() throws Exception {
        String url = start("-Dlogintoken.http.stop-timeout=1");
        try (Socket busy = socket(url)) {
            write(busy, "POST /?60000 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertThat(output().readLine()).isEqualTo("probe is busy");
            terminate();
            assertEnded(143);
            assertThat(output().lines()).containsExactly("probe destroyed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 400})
    void aStopDuringTheStartLeavesNothingBehind(int millis) throws Exception {
        launch("probe.war", List.of());
        while (!hasUnpacked()) {
            Thread.sleep(1);
        }
        Thread.sleep(millis);
        terminate();
        assertEnded(143);
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

    /** Returns the base URL once the service answers. */
    private String start(String... options) throws Exception {
        launch("probe.war", List.of(options));
        String ready = output().readLine();
        assertThat(ready).startsWith("login-token is ready at ");
        return ready.substring(ready.lastIndexOf(' ') + 1);
    }

    private void launch(String archive, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dprobe.generalError=" + GENERAL_ERROR,
                "-Dlogintoken.http.port=0"));
        command.addAll(options);
        command.addAll(List.of("-jar", archives.resolve(archive).toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectError(working.resolve("stderr").toFile())
                .start();
    }

    /** Not by the process itself, which would close its output here and now. */
    private void terminate() {
        running().toHandle().destroy();
    }

    private Process running() {
        return requireNonNull(process);
    }

    private BufferedReader output() {
        return running().inputReader();
    }

    private List<String> complaints() throws IOException {
        return Files.readAllLines(working.resolve("stderr"));
    }

    private void assertEnded(int status) throws Exception {
        assertThat(running().waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).as(this::stderr).isEqualTo(status);
        assertThat(temporary).isEmptyDirectory();
    }

    private String stderr() {
        try {
            return Files.readString(working.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static TimerTask readingFromEach(List<Socket> sockets, int bytes) {
        return new TimerTask() {
            @Override
            public void run() {
                for (Socket socket : sockets) {
                    try {
                        InputStream answers = socket.getInputStream();
                        answers.readNBytes(Math.min(bytes, answers.available()));
                    } catch (IOException e) {
                        // The server closed it, as it should.
                    }
                }
            }
        };
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String caller(String url, String... headers) throws IOException {
        return raw(
                url,
                "GET /caller?name=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + String.join("\r\n", headers)
                        + "\r\n\r\n");
    }

    private static String raw(String url, String request) throws IOException {
        try (Socket socket = socket(url)) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket socket(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void awaitNoConnections(String url) throws Exception {
        for (int i = 0; i < 500; i++) {
            try (Socket socket = socket(url)) {
                Thread.sleep(10);
            } catch (ConnectException e) {
                return;
            }
        }
        throw new AssertionError("It still accepts connections.");
    }

    private boolean hasUnpacked() throws IOException {
        try (Stream<Path> paths = Files.walk(temporary, 2)) {
            return paths.count() > 2;
        }
    }

    private static void pack(Path archive, boolean whole) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (JarOutputStream war = new JarOutputStream(Files.newOutputStream(archive), manifest)) {
            for (String root : List.of("Main", "Archive", "HeldJars", "HeldJars$Jar", "HeldJars$Connection")) {
                add(war, "", Class.forName("dev.logintoken.launcher." + root));
            }
            add(war, "WEB-INF/classes/", ProbeServlet.class);
            add(war, "WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
            if (whole) {
                addJars(war, TARGET, "login-token-launcher-*.jar");
                addJars(war, TARGET.resolve("jars"), "*.jar");
            }
        }
    }

    private static void addJars(JarOutputStream war, Path directory, String pattern) throws IOException {
        try (var jars = Files.newDirectoryStream(directory, pattern)) {
            for (Path jar : jars) {
                add(war, "WEB-INF/launcher/" + jar.getFileName(), Files.readAllBytes(jar));
            }
        }
    }

    private static void add(JarOutputStream war, String folder, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream content = requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
            add(war, folder + name, content.readAllBytes());
        }
    }

    private static void add(JarOutputStream war, String name, byte[] content) throws IOException {
        war.putNextEntry(new ZipEntry(name));
        war.write(content);
    }
}
