package dev.logintoken.server.resource;

import dev.logintoken.api.UserApi;
import dev.logintoken.api.model.ConfirmIdentifierErrorCode;
import dev.logintoken.api.model.GetLoginTokenErrorCode;
import dev.logintoken.api.model.IdentifierConfirmation;
import dev.logintoken.api.model.IdentifierRegistration;
import dev.logintoken.api.model.IdentifierRequest;
import dev.logintoken.api.model.Login;
import dev.logintoken.api.model.LoginErrorCode;
import dev.logintoken.api.model.LoginToken;
import dev.logintoken.api.model.LoginUserErrorCode;
import dev.logintoken.api.model.LogoutUserErrorCode;
import dev.logintoken.api.model.RedeemLoginTokenErrorCode;
import dev.logintoken.api.model.RedeemRequest;
import dev.logintoken.api.model.Redemption;
import dev.logintoken.api.model.RegisterIdentifierErrorCode;
import dev.logintoken.api.model.UserTokens;
import dev.logintoken.server.auth.ClientAuthenticator;
import dev.logintoken.server.auth.Logins;
import dev.logintoken.server.auth.SessionTokens;
import dev.logintoken.server.auth.UserAuthenticator;
import dev.logintoken.server.contract.SpecConstraints;
import dev.logintoken.server.directory.Partner;
import dev.logintoken.server.directory.Registration;
import dev.logintoken.server.directory.StoredDirectory;
import dev.logintoken.server.directory.User;
import dev.logintoken.server.identifier.Links;
import dev.logintoken.server.identifier.ReturnUrls;
import dev.logintoken.server.log.Exchange;
import dev.logintoken.server.outcome.Outcome;
import dev.logintoken.server.token.LoginTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_INVALID;
import static dev.logintoken.api.model.IdentifierErrorCode.IDENTIFIER_MALFORMED;
import static dev.logintoken.api.model.LoginErrorCode.EMAIL_INVALID;
import static dev.logintoken.api.model.LoginErrorCode.EMAIL_MISSING;
import static dev.logintoken.api.model.LoginErrorCode.LOGIN_REFUSED;
import static dev.logintoken.api.model.LoginErrorCode.PASSWORD_MISSING;
import static dev.logintoken.api.model.RedemptionErrorCode.ROLE_MISSING;
import static dev.logintoken.api.model.RegistrationErrorCode.NEW_IDENTIFIER_MISSING;
import static dev.logintoken.api.model.RegistrationErrorCode.RETURN_URL_INVALID;
import static dev.logintoken.api.model.UserTokenErrorCode.USER_TOKEN_INVALID;
import static dev.logintoken.api.model.VerifierErrorCode.VERIFIER_MISSING;

/** Implements the operations that a partner calls on behalf of one of its users. */
// An operation that the spec deprecates is served until it is removed.
@SuppressWarnings({"NullAway.Init", "deprecation"})
public final class UserResource implements UserApi {

    private final StoredDirectory directory;
    private final ClientAuthenticator clients;
    private final UserAuthenticator users;
    private final Logins logins;
    private final SessionTokens sessions;
    private final LoginTokens loginTokens;
    private final Links links;
    private final Website website;
    private final SpecConstraints constraints;

    @Context
    private HttpServletRequest request;

    @Context
    private UriInfo uri;

    public UserResource(
            StoredDirectory directory,
            ClientAuthenticator clients,
            UserAuthenticator users,
            Logins logins,
            SessionTokens sessions,
            LoginTokens loginTokens,
            Links links,
            Website website,
            SpecConstraints constraints) {
        this.directory = directory;
        this.clients = clients;
        this.users = users;
        this.logins = logins;
        this.sessions = sessions;
        this.loginTokens = loginTokens;
        this.links = links;
        this.website = website;
        this.constraints = constraints;
    }

    @Override
    public LoginToken getLoginToken(
            @Nullable String apiKey,
            @Nullable String partnerToken,
            @Nullable String userAuthorization,
            @Nullable String userIdentifier)
            throws GetLoginTokenErrorCode.Refused {
        Partner partner = clients.authenticate(apiKey, partnerToken).orThrow(GetLoginTokenErrorCode.Refused::new);
        UUID named =
                users.identify(partner, userAuthorization, userIdentifier).orThrow(GetLoginTokenErrorCode.Refused::new);
        User user = users.admit(named).orThrow(GetLoginTokenErrorCode.Refused::new);
        LoginTokens.Issued issued =
                loginTokens.issue(partner, user, Exchange.current().id());
        return new LoginToken().uuid(user.uuid()).token(issued.text()).expiryDate(issued.expiry());
    }

    @Override
    public Redemption redeemLoginToken(@Nullable String apiKey, @Nullable String partnerToken, RedeemRequest body)
            throws RedeemLoginTokenErrorCode.Refused {
        Partner website = clients.authenticate(apiKey, partnerToken).orThrow(RedeemLoginTokenErrorCode.Refused::new);
        if (website.role() != Partner.Role.WEBSITE) {
            throw new RedeemLoginTokenErrorCode.Refused(ROLE_MISSING);
        }
        LoginTokens.Redeemed redeemed = loginTokens
                .redeem(
                        orEmpty(body.getUuid()),
                        orEmpty(body.getToken()),
                        website,
                        Exchange.current().id())
                .orThrow(RedeemLoginTokenErrorCode.Refused::new);
        return new Redemption()
                .uuid(redeemed.user())
                .partner(redeemed.partner())
                .redeemedAt(redeemed.at());
    }

    @Override
    public UserTokens loginUser(@Nullable String apiKey, @Nullable String partnerToken, Login login)
            throws LoginUserErrorCode.Refused {
        Partner partner = clients.authenticate(apiKey, partnerToken).orThrow(LoginUserErrorCode.Refused::new);
        Set<LoginErrorCode> errors = incomplete(login);
        if (!errors.isEmpty()) {
            throw new LoginUserErrorCode.Refused(errors);
        }
        UUID user = logins.attempt(
                        Logins.Attempt.through(
                                partner.uuid(),
                                login.getEmailAddress().toLowerCase(Locale.ROOT),
                                login.getPassword(),
                                request.getRemoteAddr()),
                        directory.users())
                .orThrow(LoginUserErrorCode.Refused::new)
                .orElseThrow(() -> new LoginUserErrorCode.Refused(LOGIN_REFUSED));
        SessionTokens.Pair pair = sessions.start(partner.uuid(), user);
        return new UserTokens().uuid(user).token(pair.access()).refreshToken(pair.refresh());
    }

    @Override
    public void logoutUser(@Nullable String userAuthorization) throws LogoutUserErrorCode.Refused {
        sessions.revoke(
                users.session(userAuthorization).orThrow(LogoutUserErrorCode.Refused::new),
                Exchange.current().id());
    }

    @Override
    public IdentifierRegistration registerIdentifier(
            @Nullable String apiKey,
            @Nullable String partnerToken,
            IdentifierRequest body,
            @Nullable String userAuthorization)
            throws RegisterIdentifierErrorCode.Refused {
        Partner partner = clients.authenticate(apiKey, partnerToken).orThrow(RegisterIdentifierErrorCode.Refused::new);
        Set<RegisterIdentifierErrorCode> errors = incomplete(partner, body);
        Optional<UUID> user = Optional.empty();
        if (userAuthorization != null) {
            Outcome<UUID, ? extends RegisterIdentifierErrorCode> named = users.byToken(partner, userAuthorization);
            user = named.value();
            errors.addAll(named.errors());
            if (user.isPresent() && directory.user(user.get()).isEmpty()) {
                errors.add(USER_TOKEN_INVALID);
            }
        }
        if (!errors.isEmpty()) {
            throw new RegisterIdentifierErrorCode.Refused(errors);
        }
        Registration registration = directory
                .identifiers()
                .register(
                        partner.uuid(),
                        body.getIdentifier(),
                        user,
                        Exchange.current().id())
                .orElseThrow(() -> new RegisterIdentifierErrorCode.Refused(IDENTIFIER_INVALID));
        String page = registration.user().isPresent()
                ? "dashboard"
                : "link?request=" + links.request(registration.uuid(), partner.uuid(), body.getReturnUrl());
        return new IdentifierRegistration().redirectUrl(website.page(uri.getBaseUri(), page));
    }

    @Override
    public void confirmIdentifier(@Nullable String apiKey, @Nullable String partnerToken, IdentifierConfirmation body)
            throws ConfirmIdentifierErrorCode.Refused {
        Partner partner = clients.authenticate(apiKey, partnerToken).orThrow(ConfirmIdentifierErrorCode.Refused::new);
        if (SpecConstraints.absent(body.getIdentifier()) || SpecConstraints.absent(body.getVerifier())) {
            throw new ConfirmIdentifierErrorCode.Refused(VERIFIER_MISSING);
        }
        if (!constraints.allows(body, "identifier")) {
            throw new ConfirmIdentifierErrorCode.Refused(IDENTIFIER_MALFORMED);
        }
        links.confirm(
                        partner.uuid(),
                        body.getIdentifier(),
                        body.getVerifier(),
                        Exchange.current().id())
                .orThrow(ConfirmIdentifierErrorCode.Refused::new);
    }

    private Set<LoginErrorCode> incomplete(Login login) {
        Set<LoginErrorCode> errors = new LinkedHashSet<>();
        if (SpecConstraints.absent(login.getEmailAddress())) {
            errors.add(EMAIL_MISSING);
        } else if (!constraints.allows(login, "emailAddress")) {
            errors.add(EMAIL_INVALID);
        }
        if (SpecConstraints.absent(login.getPassword())) {
            errors.add(PASSWORD_MISSING);
        }
        return errors;
    }

    private Set<RegisterIdentifierErrorCode> incomplete(Partner partner, IdentifierRequest body) {
        Set<RegisterIdentifierErrorCode> errors = new LinkedHashSet<>();
        if (SpecConstraints.absent(body.getIdentifier())) {
            errors.add(NEW_IDENTIFIER_MISSING);
        } else if (!constraints.allows(body, "identifier")) {
            errors.add(IDENTIFIER_MALFORMED);
        }
        if (!constraints.allows(body, "returnUrl")
                || !ReturnUrls.allowed(body.getReturnUrl(), directory.partners().origins(partner.uuid()))) {
            errors.add(RETURN_URL_INVALID);
        }
        return errors;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
