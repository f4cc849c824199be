package dev.logintoken.server.auth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where an attempt to log in comes from.
 *
 * @param partner the partner that has authenticated and passes on what its user typed; empty for anybody else
 * @param network the caller's network: one IPv4 address, or the /64 of an IPv6 address
 */
public record Origin(Optional<UUID> partner, String network) {

    private static final int NETWORK_BYTES_OF_IPV6 = 8;

    /** An address as text. Anything else could be a name, and would be looked up by DNS. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*");

    private static final Pattern AROUND_ADDRESS = Pattern.compile("^\\[|%.*$|]$");

    /** A caller who has not authenticated. */
    static Origin anonymous(String address) {
        return new Origin(Optional.empty(), network(address));
    }

    /** A partner that has authenticated, calling for one of its users. */
    static Origin of(UUID partner, String address) {
        return new Origin(Optional.of(partner), network(address));
    }

    /** Who has to share the places in the queue for hashing: a partner, or a network. */
    String caller() {
        return partner.map(UUID::toString).orElse(network);
    }

    /** Partner and network in one text. */
    String text() {
        return partner.map(UUID::toString).orElse("") + " " + network;
    }

    private static String network(String address) {
        String bare = AROUND_ADDRESS.matcher(address).replaceAll("");
        if (!ADDRESS.matcher(bare).matches()) {
            return bare;
        }
        try {
            InetAddress parsed = InetAddress.getByName(bare);
            byte[] bytes = parsed.getAddress();
            return HexFormat.of()
                    .formatHex(parsed instanceof Inet4Address ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES_OF_IPV6));
        } catch (UnknownHostException e) {
            return bare;
        }
    }
}
