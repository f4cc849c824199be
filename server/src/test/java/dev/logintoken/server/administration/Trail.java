package dev.logintoken.server.administration;

import dev.logintoken.server.administration.AuditSearch.Criteria;
import dev.logintoken.server.administration.AuditSearch.Row;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the audit of a test. */
final class Trail {

    private static final int ROWS = 100;

    private Trail() {}

    /** Returns the rows with an action. */
    static List<Row> of(Administration administration, String action) {
        return of(administration, action, Optional.empty());
    }

    /** Returns the rows with an action that follow a row. */
    static List<Row> of(Administration administration, String action, Optional<UUID> after) {
        Criteria criteria = new Criteria(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(action),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return administration.auditSearch().find(criteria, ROWS, after).rows();
    }
}
