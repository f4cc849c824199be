package dev.logintoken.server.operator;

import dev.logintoken.server.directory.Users.Side;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

@Command(
        name = "document",
        description = "set, review: documents of a user. A user whose document waits for review gets no login token.")
@SuppressWarnings("NullAway.Init")
final class DocumentCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "Record that a user has handed in a side of a document. It now waits for review.")
    void set(
            @Parameters(paramLabel = "USER", description = UserCommands.USER) String user,
            @Option(names = "--side", required = true, paramLabel = "SIDE", description = "front or back") Side side) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.livingUser(administration, user);
            administration.users().setDocument(uuid, side);
            return UserCommands.facts(administration, uuid.toString());
        });
    }

    @Command(description = "Record that a user's documents were reviewed.")
    void review(
            @Parameters(paramLabel = "USER", description = UserCommands.USER) String user,
            @Option(names = "--side", paramLabel = "SIDE", description = "front or back; without it, all that wait")
                    @Nullable
                    Side side) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.livingUser(administration, user);
            if (!administration.users().review(uuid, Optional.ofNullable(side))) {
                throw new RefusedException("The user '" + user + "' has no such document that waits for review.");
            }
            return UserCommands.facts(administration, uuid.toString());
        });
    }

    static String name(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
