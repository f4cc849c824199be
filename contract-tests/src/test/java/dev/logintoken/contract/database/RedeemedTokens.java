package dev.logintoken.contract.database;

import dev.logintoken.contract.client.Nodes;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The login tokens whose redemption a client was told, by their hashes. */
final class RedeemedTokens {

    private final Queue<byte[]> hashes = new ConcurrentLinkedQueue<>();

    void add(String token) throws Exception {
        hashes.add(MessageDigest.getInstance("SHA-256")
                .digest(Base64.getUrlDecoder().decode(token)));
    }

    int size() {
        return hashes.size();
    }

    /** Returns the tokens that have no row in the database. */
    List<byte[]> missing(Nodes nodes) throws SQLException {
        List<byte[]> missing = new ArrayList<>();
        try (Connection connection = nodes.connect();
                PreparedStatement find =
                        connection.prepareStatement("select 1 from redeemed_login_token where sha256 = ?")) {
            for (byte[] sha256 : hashes) {
                find.setBytes(1, sha256);
                try (ResultSet row = find.executeQuery()) {
                    if (!row.next()) {
                        missing.add(sha256);
                    }
                }
            }
        }
        return missing;
    }
}
