package dev.logintoken.server.service;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a window: it keeps cookies, and sends the forms of pages. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final TestService service;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(TestService service) {
        this.service = service;
    }

    HttpResponse<String> open(String path) {
        return kept(service.send("GET", path, headers(), ""));
    }

    /** Sends the form of a page that leads to an action, with more fields as names and values. */
    HttpResponse<String> submit(HttpResponse<String> page, String action, String... more) {
        Map<String, String> headers = headers();
        headers.put("Origin", service.url().toString());
        return submit(page, action, headers, more);
    }

    /** Sends a form with other headers than a browser's. */
    HttpResponse<String> submit(HttpResponse<String> page, String action, Map<String, String> headers, String... more) {
        Map<String, String> fields = fields(page, action);
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return kept(service.send(
                "POST",
                action,
                all,
                fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))));
    }

    /** Returns the header with its cookies, if it has any. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (!cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers;
    }

    private HttpResponse<String> kept(HttpResponse<String> answer) {
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
            cookies.values().removeIf(String::isEmpty);
        });
        return answer;
    }

    private static Map<String, String> fields(HttpResponse<String> page, String action) {
        MatchResult form = FORM.matcher(page.body())
                .results()
                .filter(found -> found.group(1).equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form for " + action + " in " + page.body()));
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(form.group()).results().forEach(field -> fields.put(field.group(1), unescaped(field.group(2))));
        return fields;
    }

    /** Returns a text of HTML as a person reads it. */
    static String unescaped(String html) {
        return html.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#x3D;", "=")
                .replace("&amp;", "&");
    }
}
