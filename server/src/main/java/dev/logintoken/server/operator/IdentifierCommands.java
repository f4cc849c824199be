package dev.logintoken.server.operator;

import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.UUID;

@Command(name = "identifier", description = "link, unlink: identifiers, by which a partner knows its users.")
@SuppressWarnings("NullAway.Init")
final class IdentifierCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "Link an identifier of a partner to a user. An unknown identifier is registered first.")
    void link(
            @Parameters(
                            paramLabel = "IDENTIFIER",
                            converter = Converters.UserIdentifier.class,
                            description = "identifier that the partner sends as User-Identifier")
                    String identifier,
            @Option(names = "--partner", required = true, paramLabel = "PARTNER", description = PartnerCommands.PARTNER)
                    String partner,
            @Option(names = "--user", required = true, paramLabel = "USER", description = UserCommands.USER)
                    String user) {
        operator.run(administration -> {
            UUID whose = OperatorSession.partner(administration, partner).uuid();
            UUID uuid = OperatorSession.livingUser(administration, user);
            if (!administration.users().link(whose, identifier, uuid)) {
                throw new RefusedException("The identifier belongs to another partner or user already.");
            }
            return UserCommands.facts(administration, uuid.toString());
        });
    }

    @Command(description = "Unlink an identifier from its user; it stays registered.")
    void unlink(@Parameters(paramLabel = "IDENTIFIER", description = "the identifier") String identifier) {
        operator.run(administration -> {
            if (!administration.users().unlink(identifier)) {
                throw new RefusedException("This identifier is not linked to a user.");
            }
            return Report.of("identifier", identifier, "linked", false);
        });
    }
}
