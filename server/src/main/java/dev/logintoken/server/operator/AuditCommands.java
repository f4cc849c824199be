package dev.logintoken.server.operator;

import dev.logintoken.server.administration.AuditSearch;
import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Paging;
import dev.logintoken.server.terminal.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@Command(name = "audit", description = "list: the audit, which records who did what, for whom, and with what result.")
@SuppressWarnings("NullAway.Init")
final class AuditCommands {

    private static final String MOMENT = "MOMENT";

    @ParentCommand
    private Operator operator;

    /** The options that narrow a list. */
    @SuppressWarnings("NullAway.Init")
    static final class Filter {

        @Option(
                names = "--since",
                paramLabel = MOMENT,
                converter = Converters.Moment.class,
                description = "from this time on, such as 2026-11-24T16:40:00Z; 2026-11-24 is the start of that day")
        private @Nullable Instant since;

        @Option(
                names = "--until",
                paramLabel = MOMENT,
                converter = Converters.Moment.class,
                description = "before this time")
        private @Nullable Instant until;

        @Option(
                names = "--actor",
                paramLabel = "ACTOR",
                description = "uuid of a partner or user, or user name of an operator")
        private @Nullable String actor;

        @Option(names = "--action", paramLabel = "ACTION", description = "such as redeem, or 'partner create'")
        private @Nullable String action;

        @Option(names = "--outcome", paramLabel = "OUTCOME", description = "such as OK, REDEEMED or USED")
        private @Nullable String outcome;

        @Option(names = "--partner", paramLabel = "PARTNER", description = PartnerCommands.PARTNER)
        private @Nullable String partner;

        @Option(names = "--user", paramLabel = "USER", description = UserCommands.USER)
        private @Nullable String user;

        @Option(
                names = "--token",
                paramLabel = "HASH",
                converter = Converters.Hash.class,
                description = "id of an API key, or the first 16 digits of the SHA-256 of a login token's bytes")
        private @Nullable String token;

        @Option(names = "--request", paramLabel = "ID", description = "X-Request-Id of a request")
        private @Nullable String request;

        AuditSearch.Criteria criteria(Optional<UUID> partnerId, Optional<UUID> userId) {
            return new AuditSearch.Criteria(
                    Optional.ofNullable(since),
                    Optional.ofNullable(until),
                    Optional.ofNullable(actor),
                    Optional.ofNullable(action),
                    Optional.ofNullable(outcome),
                    partnerId,
                    userId,
                    Optional.ofNullable(token).map(HexFormat.of()::parseHex),
                    Optional.ofNullable(request));
        }
    }

    @Command(description = "List rows of the audit, newest first. Times are UTC.")
    void list(@Mixin Filter filter, @Mixin Paging paging) {
        operator.run(administration -> {
            Optional<UUID> partner = Optional.ofNullable(filter.partner)
                    .map(name -> OperatorSession.partner(administration, name).uuid());
            Optional<UUID> user = Optional.ofNullable(filter.user)
                    .map(name -> OperatorSession.user(administration, name).uuid());
            AuditSearch audit = administration.auditSearch();
            paging.after().filter(row -> !audit.has(row)).ifPresent(row -> {
                throw new RefusedException(
                        "The audit has no row '" + row + "'. It may be older than logintoken.audit.retention.");
            });
            administration.looked("audit list", partner, user);
            return Paging.facts(
                    "rows",
                    audit.find(filter.criteria(partner, user), paging.limit(), paging.after()),
                    AuditCommands::facts);
        });
    }

    private static Map<String, Object> facts(AuditSearch.Row entry) {
        return Report.of(
                "at",
                entry.at(),
                "actor",
                entry.actor(),
                "action",
                entry.action(),
                "outcome",
                entry.outcome(),
                "partner",
                entry.partner(),
                "user",
                entry.user(),
                "token",
                entry.token(),
                "request",
                entry.request(),
                "row",
                entry.uuid());
    }
}
