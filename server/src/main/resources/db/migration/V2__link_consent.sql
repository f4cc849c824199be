-- A user's consent to be linked to a registered identifier. It waits for the partner to present the verifier, whose SHA-256
-- is all that is kept of it. A registration has one consent at most: a new one replaces it.
create table link_consent (
    registration uuid primary key references identifier (uuid) on delete cascade,
    account uuid not null references account (uuid) on delete cascade,
    verifier_sha256 bytea not null,
    expires_at timestamp with time zone not null
);
create index link_consent_account on link_consent (account);
create index link_consent_expires_at on link_consent (expires_at);
