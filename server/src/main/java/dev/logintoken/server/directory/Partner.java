package dev.logintoken.server.directory;

import java.util.UUID;

/**
 * A partner, which may call the service.
 *
 * @param uuid its id
 * @param role its role
 * @param stamp 16 random bytes; a new stamp revokes the login tokens issued to this partner
 * @param enabled whether it may act at all
 */
public record Partner(UUID uuid, Role role, byte[] stamp, boolean enabled) {

    /** The roles of a partner's software. */
    public enum Role {
        /** A partner's app, which requests login tokens. */
        APP,
        /** The website's back end, which redeems login tokens. */
        WEBSITE
    }
}
