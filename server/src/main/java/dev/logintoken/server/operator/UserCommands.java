package dev.logintoken.server.operator;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.administration.UserAdministration;
import dev.logintoken.server.administration.UserSearch;
import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Paging;
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
import java.util.function.BiConsumer;

@Command(name = "user", description = "create, list, show, delete, erase: users, who get login tokens.")
@SuppressWarnings("NullAway.Init")
final class UserCommands {

    static final String USER = "email address or uuid of the user";

    @ParentCommand
    private Operator operator;

    @Spec
    private CommandSpec spec;

    @Command(
            description = "Create a user with an email address or a uuid. Without a password the user cannot log in at"
                    + " partners.")
    void create(
            @Option(
                            names = "--email",
                            paramLabel = "ADDRESS",
                            converter = Converters.EmailAddress.class,
                            description = "email address, with which the user logs in at partners; not needed for"
                                    + " identifiers")
                    @Nullable
                    String email,
            @Option(
                            names = "--uuid",
                            paramLabel = "UUID",
                            description = "id of the user, if another system has made one; otherwise a new one")
                    @Nullable
                    UUID uuid,
            @Mixin Secrets.Password password) {
        if (email == null && uuid == null) {
            throw new ParameterException(spec.commandLine(), "A user needs --email ADDRESS, --uuid UUID, or both.");
        }
        if (password.wanted() && email == null) {
            throw new ParameterException(spec.commandLine(), "A user with a password needs --email ADDRESS to log in.");
        }
        UUID user = uuid == null ? UUID.randomUUID() : uuid;
        operator.run(administration -> {
            Optional<String> hash = password.hash();
            if (!administration.users().create(user, Optional.ofNullable(email), hash)) {
                throw new RefusedException("There is already a user with this uuid or email address.");
            }
            return facts(administration, user.toString());
        });
    }

    @Command(description = "List users, ordered by uuid.")
    void list(
            @Option(
                            names = "--email",
                            paramLabel = "TEXT",
                            description = "only users with this text in the email address")
                    @Nullable
                    String email,
            @Option(
                            names = "--partner",
                            paramLabel = "PARTNER",
                            description =
                                    "only users linked to an identifier of this partner; " + PartnerCommands.PARTNER)
                    @Nullable
                    String partner,
            @Option(names = "--deleted", description = "only deleted users") boolean deleted,
            @Option(names = "--waiting", description = "only users with a document that waits for review")
                    boolean waiting,
            @Mixin Paging paging) {
        operator.run(administration -> {
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

    @Command(description = "Show the stored data of a user.")
    void show(@Parameters(paramLabel = "USER", description = USER) String user) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            administration.looked("user show", Optional.empty(), Optional.of(uuid));
            return facts(administration, uuid.toString());
        });
    }

    @Command(
            description =
                    "Delete a user. Nobody can act for the user any more, and partners get the error that the user does"
                            + " not exist. The stored data stays.")
    void delete(@Parameters(paramLabel = "USER", description = USER) String user) {
        change(user, UserAdministration::delete);
    }

    @Command(
            description = "Delete a user and erase the personal data: email address, password, documents, sessions,"
                    + " consents. The uuid, the time of deletion and the links to identifiers stay, so that"
                    + " partners still get the error that the user does not exist. This cannot be undone.")
    void erase(@Parameters(paramLabel = "USER", description = USER) String user) {
        change(user, UserAdministration::erase);
    }

    private void change(String user, BiConsumer<UserAdministration, UUID> change) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.user(administration, user).uuid();
            change.accept(administration.users(), uuid);
            return facts(administration, uuid.toString());
        });
    }

    static Map<String, Object> facts(Administration administration, String name) {
        UserAdministration.Details user = OperatorSession.user(administration, name);
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
