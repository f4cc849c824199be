package dev.logintoken.contract.operator;

import dev.logintoken.contract.service.TestDatabase;
import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads the audit from the database. */
final class AuditRows {

    private AuditRows() {}

    /** A row of the audit. */
    record Row(
            String actor,
            String action,
            String outcome,
            @Nullable String partner,
            @Nullable String user,
            @Nullable String token) {}

    /** Returns the rows that a request wrote in the last hour. */
    static List<Row> of(TestDatabase database, String request) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "select actor, action, outcome, partner, account, token_hash8 from audit"
                                + " where request_id = ? and at between current_timestamp - interval '1' hour"
                                + " and current_timestamp")) {
            select.setString(1, request);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte @Nullable [] token = row.getBytes("token_hash8");
                    rows.add(new Row(
                            row.getString("actor"),
                            row.getString("action"),
                            row.getString("outcome"),
                            row.getString("partner"),
                            row.getString("account"),
                            token == null ? null : HexFormat.of().formatHex(token)));
                }
            }
        }
        return rows;
    }

    /** Returns the part of a login token's hash by which the audit and the log name it. */
    static String head(String token) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(Base64.getUrlDecoder().decode(token));
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
