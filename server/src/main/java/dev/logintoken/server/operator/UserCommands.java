package dev.logintoken.server.operator;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.administration.UserAdministration;
import dev.logintoken.server.administration.UserSearch;
import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@Command(name = "user", description = "create, list, show, delete, erase: whom login tokens are for.")
@SuppressWarnings("NullAway.Init")
final class UserCommands {

    static final String USER = "email address or uuid of the user";

    @ParentCommand
    private Operator operator;

    @Spec
    private CommandSpec spec;

    @Command(
            description =
                    "Make a user, named by an email address or a uuid. Without a password the user cannot log in at"
                            + " partners.")
    int create(
            @Option(
                            names = "--email",
                            paramLabel = "ADDRESS",
                            converter = Converters.EmailAddress.class,
                            description = "what the user logs in with at partners; not needed for identifiers")
                    @Nullable
                    String email,
            @Option(
                            names = "--uuid",
                            paramLabel = "UUID",
                            description = "the user's id, if the user has one elsewhere; else a new one")
                    @Nullable
                    UUID uuid,
            @Mixin Secrets.Password password) {
        if (email == null && uuid == null) {
            throw new ParameterException(
                    spec.commandLine(), "A user needs a name: give --email ADDRESS, or --uuid UUID, or both.");
        }
        if (password.wanted() && email == null) {
            throw new ParameterException(spec.commandLine(), "A password needs an --email to log in with.");
        }
        UUID user = uuid == null ? UUID.randomUUID() : uuid;
        return operator.run(administration -> {
            Optional<String> hash = password.hash();
            if (!administration.users().create(user, Optional.ofNullable(email), hash)) {
                throw new RefusedException("There is a user of this uuid or email address already.");
            }
            return facts(administration, user.toString());
        });
    }

    @Command(description = "List users, in the order of their uuids.")
    int list(
            @Option(names = "--email", paramLabel = "TEXT", description = "only those with this in the email address")
                    @Nullable
                    String email,
            @Option(
                            names = "--partner",
                            paramLabel = "PARTNER",
                            description = "only those known to a partner by an identifier; " + PartnerCommands.PARTNER)
                    @Nullable
                    String partner,
            @Option(names = "--deleted", description = "only deleted ones") boolean deleted,
            @Option(names = "--waiting", description = "only those with a document that waits for review")
                    boolean waiting,
            @Mixin Paging paging) {
        return operator.run(administration -> {
            Optional<UUID> whose = Optional.ofNullable(partner)
                    .map(name -> OperatorSession.partner(administration, name).uuid());
            administration.looked("user list", whose, Optional.empty());
            return Paging.facts(
                    "users",
                    administration
                            .userSearch()
                            .find(
                                    new UserSearch.Criteria(Optional.ofNullable(email), whose, deleted, waiting),
                                    paging.limit(),
                                    paging.after()),
                    user -> Report.of(
                            "user",
                            user.uuid(),
                            "email",
                            user.email(),
                            "deleted",
                            user.deletedAt(),
                            "waiting",
                            user.waiting(),
                            "identifiers",
                            user.identifiers()));
        });
    }

    @Command(description = "Show what is kept about a user.")
    int show(@Parameters(paramLabel = "USER", description = USER) String user) {
        return operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.looked("user show", Optional.empty(), Optional.of(uuid));
            return facts(administration, uuid.toString());
        });
    }

    @Command(
            description = "Delete a user: nobody can act for the user any more, and partners hear that there is no such"
                    + " user. What is kept about the user stays.")
    int delete(@Parameters(paramLabel = "USER", description = USER) String user) {
        return operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.users().delete(uuid);
            return facts(administration, uuid.toString());
        });
    }

    @Command(
            description =
                    "Delete a user, and what is known of the person: email address, password, documents, sessions."
                            + " The uuid, the time of deletion and the links to identifiers stay, so that partners go on"
                            + " hearing that there is no such user. It cannot be undone.")
    int erase(@Parameters(paramLabel = "USER", description = USER) String user) {
        return operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.users().erase(uuid);
            return facts(administration, uuid.toString());
        });
    }

    static Map<String, Object> facts(Administration administration, String name) {
        UserAdministration.Entry user = OperatorSession.user(administration, name);
        return Report.of(
                "user",
                user.uuid(),
                "email",
                user.email(),
                "deleted",
                user.deletedAt(),
                "documents",
                user.documents().stream()
                        .map(document -> Report.of(
                                "side", DocumentCommands.name(document.side()), "reviewed", document.reviewedAt()))
                        .toList(),
                "identifiers",
                user.identifiers().stream()
                        .map(link -> Report.of("identifier", link.identifier(), "partner", link.partner()))
                        .toList());
    }
}
