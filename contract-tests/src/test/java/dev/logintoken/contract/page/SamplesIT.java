package dev.logintoken.contract.page;

import dev.logintoken.contract.client.Api;
import dev.logintoken.contract.client.Visitor;
import dev.logintoken.contract.service.Service;
import dev.logintoken.contract.spec.LoginTokenSpec;
import dev.logintoken.kit.Spec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The samples of the reference, each run as it stands on the page. */
@SuppressWarnings("NullAway.Init")
final class SamplesIT {

    private static final Pattern OPERATION =
            Pattern.compile("<li><a [^>]*data-operation=\"(\\w+)\".*?</li>", Pattern.DOTALL);

    private static Service service;
    private static String page;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        service = Service.start();
        page = new Api(service.url()).send("GET", "/docs", "", Map.of()).body();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "curl, sh sample",
        "JavaScript, node sample.mjs",
        "Python, python3 sample.py",
        "Java, java Sample.java",
        "Go, go run sample.go"
    })
    void aSampleOfEachOperationSucceeds(String language, String command) throws Exception {
        Spec spec = LoginTokenSpec.load();
        Map<String, String> samples = samples(language);
        assertThat(samples).containsOnlyKeys(spec.operations().keySet());
        for (Map.Entry<String, String> sample : samples.entrySet()) {
            String success = spec.statuses(sample.getKey()).stream()
                    .filter(status -> status / 100 == 2)
                    .findFirst()
                    .orElseThrow()
                    .toString();
            String[] words = command.split(" ");
            Files.writeString(folder.resolve(words[words.length - 1]), sample.getValue());
            assertThat(printed(words))
                    .as("%s in %s:%n%s", sample.getKey(), language, sample.getValue())
                    .startsWith(language.equals("curl") ? "HTTP/1.1 " + success : success);
        }
    }

    private static Map<String, String> samples(String language) {
        Pattern sample = Pattern.compile("<h3>" + language + "</h3>.*?<code>(.*?)</code>", Pattern.DOTALL);
        Map<String, String> samples = new LinkedHashMap<>();
        for (MatchResult operation : OPERATION.matcher(page).results().toList()) {
            sample.matcher(operation.group())
                    .results()
                    .forEach(found -> samples.put(operation.group(1), Visitor.unescaped(found.group(1))));
        }
        return samples;
    }

    private String printed(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
