package dev.logintoken.server.operator;

import dev.logintoken.server.terminal.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.UUID;

@Command(
        name = "revoke",
        description = "user, partner, all: void the login tokens that were issued until now and not yet used.")
@SuppressWarnings("NullAway.Init")
final class RevokeCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "Void a user's login tokens.")
    int user(
            @Parameters(paramLabel = "USER", description = UserCommands.USER) String user,
            @Option(names = "--sessions", description = "log the user out as well, at all partners") boolean sessions) {
        return operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.users().revoke(uuid, sessions);
            return Report.of("user", uuid, "login tokens", "revoked", "sessions", sessions ? "ended" : "kept");
        });
    }

    @Command(description = "Void the login tokens that a partner has asked for.")
    int partner(
            @Parameters(paramLabel = "PARTNER", description = PartnerCommands.PARTNER) String partner,
            @Option(names = "--sessions", description = "end its sessions as well, its users' too") boolean sessions) {
        return operator.run(administration -> {
            UUID uuid = OperatorSession.partner(administration, partner).uuid();
            administration.partners().revoke(uuid, sessions);
            return Report.of("partner", uuid, "login tokens", "revoked", "sessions", sessions ? "ended" : "kept");
        });
    }

    @Command(
            description =
                    "Void every login token that was issued until now. For use after the database was restored, or"
                            + " a replica took over that had not received all: uses of tokens may have been forgotten.")
    int all() {
        return operator.run(administration -> {
            administration.revokeAll();
            return Report.of("login tokens", "revoked");
        });
    }
}
