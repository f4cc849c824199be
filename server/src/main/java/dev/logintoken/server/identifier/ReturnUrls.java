package dev.logintoken.server.identifier;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Checks return URLs, to prevent an open redirect: users may return only to their partner. */
public final class ReturnUrls {

    private ReturnUrls() {}

    /**
     * Returns whether a URL is absolute, http or https, without user information, and on one of these origins.
     *
     * @param origins origins such as {@code https://app.example.com}; {@code *} allows any
     */
    public static boolean allowed(String url, List<String> origins) {
        try {
            // Refuses spaces, backslashes, control characters and others that browsers interpret in their own ways.
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null) {
                return false;
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return isAscii(url)
                    && (origins.contains("*")
                            || origins.contains(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }
}
