package dev.logintoken.launcher.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes the caller's address, the scheme and the host from the three headers that a proxy has to set, and from no
 * others. It refuses a malformed value, or several values. In that case the proxy forwards what a caller sent, or has
 * another configuration than ours.
 */
final class TrustedProxy extends ForwardedRequestCustomizer {

    private static final Pattern IPV4 =
            Pattern.compile("OCTET(\\.OCTET){3}(:\\d{1,5})?".replace("OCTET", "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"));

    /** Matches what may be an IPv6 address: its characters, and no more than the longest one has. */
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9A-Fa-f:.]{2,45})(\\](:\\d{1,5})?)?");

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?");

    private static final Map<String, Predicate<String>> FORMS = Map.of(
            "X-Forwarded-For", TrustedProxy::isAddress,
            "X-Forwarded-Proto", List.of("http", "https")::contains,
            "X-Forwarded-Host", HOST.asMatchPredicate());

    TrustedProxy() {
        setForwardedHeader(null);
        setForwardedServerHeader(null);
        setForwardedPortHeader(null);
        setForwardedHttpsHeader(null);
        setForwardedCipherSuiteHeader(null);
        setForwardedSslSessionIdHeader(null);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        FORMS.forEach((name, form) -> {
            List<String> lines = request.getHeaders().getValuesList(name);
            if (lines.size() > 1 || (lines.size() == 1 && !form.test(lines.get(0)))) {
                throw new HttpException.RuntimeException(
                        HttpStatus.BAD_REQUEST_400, "The proxy's " + name + " is not one value of its form");
            }
        });
        return super.customize(request, responseHeaders);
    }

    /** Returns whether a text is an address, with or without a port. It never looks up a name. */
    private static boolean isAddress(String text) {
        if (IPV4.matcher(text).matches()) {
            return true;
        }
        var ipv6 = IPV6.matcher(text);
        if (!ipv6.matches()) {
            return false;
        }
        try {
            InetAddress.getByName('[' + ipv6.group(1) + ']'); // Brackets: an address, or an exception.
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
