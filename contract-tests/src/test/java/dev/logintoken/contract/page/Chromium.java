package dev.logintoken.contract.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** A real browser that reaches this machine alone, and a list of whatever it complains about. */
final class Chromium implements AutoCloseable {

    /** A name of this machine that is not {@code localhost}, so that its plain http is as untrusted as any. */
    static final String PLAIN_HOST = "sandbox.test";

    private static final Path EXECUTABLE = Path.of(System.getProperty("browser", "/usr/bin/chromium"));
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Map<String, Integer> WIDTHS = new TreeMap<>(Map.of("phone", 390, "desktop", 1280));
    private static final int HEIGHT = 844;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium() {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-pings",
                                "--host-resolver-rules=MAP " + PLAIN_HOST + " 127.0.0.1, MAP * ~NOTFOUND,"
                                        + " EXCLUDE localhost, EXCLUDE 127.0.0.1")));
    }

    /** Starts the browser of this machine. */
    static Chromium start() {
        assertThat(EXECUTABLE)
                .as("the browser; install Chromium, or name another place by -Dbrowser=…")
                .isExecutable();
        return new Chromium();
    }

    /** A new profile: no cookies, no history. */
    BrowserContext profile() {
        return watched(browser.newContext());
    }

    /** A new profile that runs no script. */
    BrowserContext profileWithoutScripts() {
        return watched(browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false)));
    }

    private BrowserContext watched(BrowserContext context) {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        context.addInitScript("addEventListener('securitypolicyviolation',"
                + " e => console.error(`CSP: ${e.violatedDirective} forbids ${e.blockedURI}`))");
        context.onPage(page -> page.onPageError(complaints::add));
        context.onConsoleMessage(message -> {
            // A page that says no has the status that fits, which Chromium takes for an error of its own.
            boolean aboutThePage = message.text().startsWith("Failed to load resource")
                    && message.page() != null
                    && message.location().startsWith(message.page().url().replaceFirst("[?#].*", ""));
            if (List.of("error", "warning").contains(message.type()) && !aboutThePage) {
                complaints.add(message.text());
            }
        });
        context.onRequest(request -> {
            String host = String.valueOf(URI.create(request.url()).getHost());
            if (request.url().startsWith("http")
                    && !List.of("localhost", "127.0.0.1", PLAIN_HOST).contains(host)) {
                complaints.add("a request to " + request.url());
            }
        });
        return context;
    }

    /** What the browser complained about since the last time. */
    List<String> complaints() {
        List<String> since = List.copyOf(complaints);
        complaints.clear();
        return since;
    }

    /** Looks at a page as everybody sees it: small and large, dark and light, and by the rules of axe-core. */
    void inspect(Page page, String name) {
        page.bringToFront();
        page.evaluate(axe());
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            WIDTHS.forEach((device, width) -> {
                page.setViewportSize(width, HEIGHT);
                String file = name + "-" + device + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
                page.screenshot(new ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(file))
                        .setFullPage(true));
                assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(file + " fits its width")
                        .isTrue();
            });
            assertThat((List<?>) page.evaluate("async () => (await axe.run()).violations"
                            + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                            + ".map(v => v.id + ' ' + v.nodes.map(n => n.target.join(' ')).join(', '))"))
                    .as(name + " " + scheme)
                    .isEmpty();
        }
        assertThat(complaints()).as(name).isEmpty();
    }

    /** What of a page is seen without scrolling. */
    void shoot(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static String axe() {
        try (InputStream file = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
