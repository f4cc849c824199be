package dev.logintoken.server.resource;

import dev.logintoken.api.ClientApi;
import dev.logintoken.api.model.AuthenticateErrorCode;
import dev.logintoken.api.model.Credentials;
import dev.logintoken.api.model.RefreshErrorCode;
import dev.logintoken.api.model.RefreshRequest;
import dev.logintoken.api.model.Tokens;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Partners;
import dev.logintoken.server.directory.Session;
import dev.logintoken.server.log.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

import static dev.logintoken.api.model.CredentialsErrorCode.CREDENTIALS_MISSING;
import static dev.logintoken.api.model.CredentialsErrorCode.CREDENTIALS_REFUSED;

/** Implements the operations by which a partner's software gets its tokens. */
// An operation that the spec deprecates is served until it is removed.
@SuppressWarnings({"NullAway.Init", "deprecation"})
public final class ClientResource implements ClientApi {

    private final Partners partners;
    private final ClientAuthenticator clients;
    private final Logins logins;
    private final SessionTokens tokens;

    @Context
    private HttpServletRequest request;

    public ClientResource(Partners partners, ClientAuthenticator clients, Logins logins, SessionTokens tokens) {
        this.partners = partners;
        this.clients = clients;
        this.logins = logins;
        this.tokens = tokens;
    }

    @Override
    public Tokens authenticate(Credentials credentials) throws AuthenticateErrorCode.Refused {
        if (SpecConstraints.absent(credentials.getUsername()) || SpecConstraints.absent(credentials.getPassword())) {
            throw new AuthenticateErrorCode.Refused(CREDENTIALS_MISSING);
        }
        UUID partner = logins.attempt(
                        Logins.Attempt.anonymous(
                                credentials.getUsername(), credentials.getPassword(), request.getRemoteAddr()),
                        partners)
                .orThrow(AuthenticateErrorCode.Refused::new)
                .orElseThrow(() -> new AuthenticateErrorCode.Refused(CREDENTIALS_REFUSED));
        Exchange.current().calledBy(partner);
        return answer(tokens.start(partner));
    }

    @Override
    public Tokens refresh(@Nullable String apiKey, @Nullable String partnerToken, RefreshRequest body)
            throws RefreshErrorCode.Refused {
        Session session = tokens.session(body.getRefreshToken()).orThrow(RefreshErrorCode.Refused::new);
        Optional<Partner> caller = Optional.empty();
        if (session.user().isPresent()) {
            caller = Optional.of(clients.authenticate(apiKey, partnerToken).orThrow(RefreshErrorCode.Refused::new));
        } else {
            Exchange.current().calledBy(session.partner());
        }
        return answer(tokens.refresh(
                        session,
                        body.getRefreshToken(),
                        caller,
                        Exchange.current().id())
                .orThrow(RefreshErrorCode.Refused::new));
    }

    private static Tokens answer(SessionTokens.Pair pair) {
        return new Tokens().token(pair.access()).refreshToken(pair.refresh());
    }
}
