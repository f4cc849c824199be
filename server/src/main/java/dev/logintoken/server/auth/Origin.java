package dev.logintoken.server.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The origin of a login attempt.
 *
 * @param partner the authenticated partner that forwards its user's input; empty for other callers
 * @param network the caller's network: one IPv4 address, or the /64 of an IPv6 address
 */
public record Origin(Optional<UUID> partner, String network) {

    /** The first half of an IPv6 address; an IPv4 address is shorter. */
    private static final int MAX_NETWORK_BYTES = 8;

    /** Matches a textual IP address. Anything else could be a host name, which Java would look up by DNS. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*");

    private static final Pattern AROUND_ADDRESS = Pattern.compile("^\\[|%.*$|]$");

    /** Returns the origin of a caller who has not authenticated. */
    static Origin anonymous(String address) {
        return new Origin(Optional.empty(), network(address));
    }

    /** Returns the origin of an authenticated partner that calls for one of its users. */
    static Origin of(UUID partner, String address) {
        return new Origin(Optional.of(partner), network(address));
    }

    /** Returns the partner or network that shares one part of the hashing queue's places. */
    String caller() {
        return partner.map(UUID::toString).orElse(network);
    }

    /** Returns partner and network as one text. */
    String text() {
        return partner.map(UUID::toString).orElse("") + " " + network;
    }

    private static String network(String address) {
        String bare = AROUND_ADDRESS.matcher(address).replaceAll("");
        if (!ADDRESS.matcher(bare).matches()) {
            return bare;
        }
        try {
            byte[] parsed = InetAddress.getByName(bare).getAddress();
            return HexFormat.of().formatHex(parsed, 0, Math.min(parsed.length, MAX_NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return bare;
        }
    }
}
