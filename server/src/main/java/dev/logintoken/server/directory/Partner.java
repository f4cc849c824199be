package dev.logintoken.server.directory;

import java.util.UUID;

/**
 * A partner: who may call.
 *
 * @param uuid its id
 * @param role what it may do
 * @param stamp 16 random bytes, replaced to revoke the login tokens issued by it
 * @param enabled whether it may act at all
 */
public record Partner(UUID uuid, Role role, byte[] stamp, boolean enabled) {

    /** What a partner's software is. */
    public enum Role {
        /** A partner's app: asks for login tokens. */
        APP,
        /** The website's back end: redeems them. */
        WEBSITE
    }
}
