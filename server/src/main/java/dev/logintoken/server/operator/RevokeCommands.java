package dev.logintoken.server.operator;

import dev.logintoken.server.terminal.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.UUID;

@Command(name = "revoke", description = "user, partner, all: revoke the login tokens that were issued until now.")
@SuppressWarnings("NullAway.Init")
final class RevokeCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "Revoke the login tokens of a user.")
    void user(
            @Parameters(paramLabel = "USER", description = UserCommands.USER) String user,
            @Option(names = "--sessions", description = "also log the user out, at all partners") boolean sessions) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.users().revoke(uuid, sessions);
            return Report.of("user", uuid, "login tokens", "revoked", "sessions", sessions ? "ended" : "kept");
        });
    }

    @Command(description = "Revoke the login tokens that a partner has asked for.")
    void partner(
            @Parameters(paramLabel = "PARTNER", description = PartnerCommands.PARTNER) String partner,
            @Option(names = "--sessions", description = "also end its sessions and its users' sessions")
                    boolean sessions) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.partner(administration, partner).uuid();
            administration.partners().revoke(uuid, sessions);
            return Report.of("partner", uuid, "login tokens", "revoked", "sessions", sessions ? "ended" : "kept");
        });
    }

    @Command(
            description =
                    "Revoke every login token that was issued until now. Use it after the database was restored, or"
                            + " after a replica took over without the last commits. Such a database may have forgotten"
                            + " redemptions.")
    void all() {
        operator.run(administration -> {
            administration.revokeAll();
            return Report.of("login tokens", "revoked");
        });
    }
}
