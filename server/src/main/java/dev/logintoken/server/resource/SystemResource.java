package dev.logintoken.server.resource;

import dev.logintoken.api.SystemApi;
import dev.logintoken.api.model.GetSystemInfoErrorCode;
import dev.logintoken.api.model.PrivateUrls;
import dev.logintoken.api.model.Region;
import dev.logintoken.api.model.SystemInfo;
import dev.logintoken.api.model.Urls;
import dev.logintoken.server.auth.ClientAuthenticator;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/** Implements the operations that describe the website and its pages. */
// An operation that the spec deprecates is served until it is removed.
@SuppressWarnings({"NullAway.Init", "deprecation"})
public final class SystemResource implements SystemApi {

    private final ClientAuthenticator clients;
    private final Website website;

    @Context
    private UriInfo uri;

    public SystemResource(ClientAuthenticator clients, Website website) {
        this.clients = clients;
        this.website = website;
    }

    @Override
    public SystemInfo getSystemInfo(@Nullable String apiKey, @Nullable String partnerToken)
            throws GetSystemInfoErrorCode.Refused {
        clients.authenticate(apiKey, partnerToken).orThrow(GetSystemInfoErrorCode.Refused::new);
        URI self = uri.getBaseUri();
        return new SystemInfo()
                .supportedRegions(List.of(Region.values()))
                .urls(new Urls()
                        .support(website.page(self, "support"))
                        .faq(website.page(self, "faq"))
                        .forgotPassword(website.page(self, "forgot-password")))
                .privateUrls(new PrivateUrls()
                        .continueRegistration(website.page(self, "continue-registration"))
                        .upgradeAccount(website.page(self, "upgrade-account"))
                        .contactSupport(website.page(self, "contact-support"))
                        .verifyBankAccount(website.page(self, "verify-bank-account")));
    }
}
