package dev.logintoken.server.operator;

import dev.logintoken.server.administration.PartnerAdministration;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@Command(name = "partner", description = "create, list, disable, enable: partners, who may call the API.")
@SuppressWarnings("NullAway.Init")
final class PartnerCommands {

    static final String PARTNER = "username or uuid of the partner";

    @ParentCommand
    private Operator operator;

    @Spec
    private CommandSpec spec;

    @Command(description = "Create a partner. Without a password it can use API keys only.")
    void create(
            @Parameters(
                            paramLabel = "USERNAME",
                            converter = Converters.Username.class,
                            description = "name of the partner, with which it logs in")
                    String username,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "app: asks for login tokens; website: redeems them")
                    Partner.Role role,
            @Option(
                            names = "--origin",
                            paramLabel = "ORIGIN",
                            description = "origin to which registerIdentifier may send users back, such as"
                                    + " https://app.example.com; may be repeated")
                    List<String> origins,
            @Mixin Secrets.Password password) {
        List<String> normal =
                origins == null ? List.of() : origins.stream().map(this::origin).toList();
        operator.run(administration -> {
            Optional<String> hash = password.hash();
            UUID uuid = administration
                    .partners()
                    .create(username, role, hash, normal)
                    .orElseThrow(() -> new RefusedException("There is a partner '" + username + "' already."));
            return Report.of("partner", uuid, "username", username, "role", name(role), "origins", normal);
        });
    }

    @Command(description = "List all partners.")
    void list() {
        operator.run(administration -> {
            administration.looked("partner list", Optional.empty(), Optional.empty());
            return Report.of(
                    "partners",
                    administration.partners().list().stream()
                            .map(PartnerCommands::facts)
                            .toList());
        });
    }

    @Command(
            description =
                    "Disable a partner at once: all its requests are refused. Its login tokens, its sessions and its"
                            + " users' sessions end for good. Its API keys work again after 'partner enable'.")
    void disable(@Parameters(paramLabel = "PARTNER", description = PARTNER) String partner) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.partner(administration, partner).uuid();
            administration.partners().disable(uuid);
            return facts(OperatorSession.partner(administration, uuid.toString()));
        });
    }

    @Command(description = "Enable a disabled partner.")
    void enable(@Parameters(paramLabel = "PARTNER", description = PARTNER) String partner) {
        operator.run(administration -> {
            UUID uuid = OperatorSession.partner(administration, partner).uuid();
            administration.partners().enable(uuid);
            return facts(OperatorSession.partner(administration, uuid.toString()));
        });
    }

    private static Map<String, Object> facts(PartnerAdministration.Details partner) {
        return Report.of(
                "partner",
                partner.uuid(),
                "username",
                partner.username(),
                "role",
                name(partner.role()),
                "disabled",
                partner.disabledAt(),
                "origins",
                partner.origins());
    }

    private static String name(Partner.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Returns an origin in the form that requests are compared with: scheme, host and port only, in lower case. */
    private String origin(String text) {
        try {
            URI uri = new URI(text.toLowerCase(Locale.ROOT));
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String origin = uri.getScheme() + "://" + uri.getHost() + port;
            if (origin.matches("https?://.*")
                    && uri.getHost() != null
                    && uri.toString().equals(origin)) {
                return origin;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        }
        throw new ParameterException(
                spec.commandLine(),
                "An origin looks like https://app.example.com, without a path; '" + text + "' does not.");
    }
}
