package dev.logintoken.contract.client;

import dev.logintoken.kit.Exchange;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a window: it keeps cookies, and sends the forms of pages as they stand. */
public final class Visitor {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final Api api;
    private final String origin;
    private final Map<String, String> cookies = new ConcurrentSkipListMap<>();

    /** Visits a service. */
    public Visitor(Api api, URI service) {
        this.api = api;
        this.origin = service.toString();
    }

    /** Opens a page. */
    public Exchange open(String path) {
        return kept(api.send("GET", path.replace(origin, ""), "", headers()));
    }

    /** Sends the form of a page that leads to an action, and keeps the cookies of the answer. */
    public Exchange submit(Exchange page, String action, String... more) {
        return kept(send(page, action, more));
    }

    /** The same, but the answer gets lost on the way. */
    public Exchange send(Exchange page, String action, String... more) {
        Map<String, String> fields = fields(page, action);
        fields.putAll(Api.with(more));
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Map<String, String> headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Origin", origin);
        return api.send("POST", action, body, headers);
    }

    /** What an answer gives a browser to keep. */
    public Exchange kept(Exchange answer) {
        for (String cookie : answer.headers().getOrDefault("set-cookie", List.of())) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            }
        }
        return answer;
    }

    /** The names of the cookies that it keeps. */
    List<String> cookies() {
        return List.copyOf(cookies.keySet());
    }

    /** A text of HTML as a person reads it. */
    public static String unescaped(String html) {
        return html.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#x3D;", "=")
                .replace("&#x60;", "`")
                .replace("&amp;", "&");
    }

    private Map<String, String> headers() {
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

    private static Map<String, String> fields(Exchange page, String action) {
        MatchResult form = FORM.matcher(page.body())
                .results()
                .filter(found -> found.group(1).equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form for " + action + " in " + page.body()));
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(form.group())
                .results()
                .forEach(field -> fields.put(unescaped(field.group(1)), unescaped(field.group(2))));
        return fields;
    }
}
