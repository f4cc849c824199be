package dev.logintoken.server.resource;

import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.LoginToken;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.token.LoginTokens;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** What a partner does on behalf of one of its users. */
public final class UserResource implements UserApi {

    private final ClientAuthenticator clients;
    private final UserAuthenticator users;
    private final LoginTokens loginTokens;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpHeaders headers;

    /**
     * @param clients finds out who calls
     * @param users finds out for whom
     * @param loginTokens issues the tokens
     */
    public UserResource(ClientAuthenticator clients, UserAuthenticator users, LoginTokens loginTokens) {
        this.clients = clients;
        this.users = users;
        this.loginTokens = loginTokens;
    }

    @Override
    public LoginToken getLoginToken(@Nullable String userAuthorization, @Nullable String userIdentifier)
            throws GetLoginTokenErrorCode.Refused {
        Partner partner = clients.authenticate(headers).orThrow(GetLoginTokenErrorCode.Refused::new);
        UUID named =
                users.identify(partner, userAuthorization, userIdentifier).orThrow(GetLoginTokenErrorCode.Refused::new);
        User user = users.admit(named).orThrow(GetLoginTokenErrorCode.Refused::new);
        LoginTokens.Issued issued = loginTokens.issue(partner, user);
        return new LoginToken().uuid(user.uuid()).token(issued.text()).expiryDate(issued.expiry());
    }
}
