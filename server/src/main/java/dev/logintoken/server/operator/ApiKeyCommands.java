package dev.logintoken.server.operator;

import dev.logintoken.server.secret.Sha256;
import dev.logintoken.server.terminal.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.util.Optional;
import java.util.UUID;

@Command(name = "api-key", description = "issue, list, revoke: API keys, by which a partner authenticates.")
@SuppressWarnings("NullAway.Init")
final class ApiKeyCommands {

    @ParentCommand
    private Operator operator;

    @Command(description = "Create an API key and show it once. The database stores its SHA-256 only.")
    void issue(@Parameters(paramLabel = "PARTNER", description = PartnerCommands.PARTNER) String partner) {
        operator.run(administration -> {
            String key = Secrets.apiKey();
            UUID uuid = OperatorSession.partner(administration, partner).uuid();
            String id = administration.partners().issueApiKey(uuid, Sha256.of(key));
            return Report.of("id", id, "api key", key);
        });
    }

    @Command(description = "List API keys by their ids, the first 16 digits of their SHA-256.")
    void list(
            @Parameters(
                            paramLabel = "PARTNER",
                            arity = "0..1",
                            description = PartnerCommands.PARTNER + "; without it, all keys")
                    @Nullable
                    String partner) {
        operator.run(administration -> {
            Optional<UUID> whose = Optional.ofNullable(partner)
                    .map(name -> OperatorSession.partner(administration, name).uuid());
            administration.looked("api-key list", whose, Optional.empty());
            return Report.of(
                    "api keys",
                    administration.partners().apiKeys(whose).stream()
                            .map(key -> Report.of("id", key.id(), "partner", key.partner(), "revoked", key.revokedAt()))
                            .toList());
        });
    }

    @Command(description = "Revoke an API key, at once and for good.")
    void revoke(@Parameters(paramLabel = "ID", description = "id of the key, as issue and list show it") String id) {
        operator.run(administration -> {
            if (!id.matches("[0-9a-f]{16}") || !administration.partners().revokeApiKey(id)) {
                throw new RefusedException(
                        "There is no API key with the id '" + id + "'. 'api-key list' shows the ids.");
            }
            return Report.of("id", id, "revoked", true);
        });
    }
}
