-- For H2 (PostgreSQL mode) and PostgreSQL alike. Random keys, no sequences: rows spread over a distributed engine.

-- One row: what the database was made for. A production node refuses a sandbox database and the other way round.
create table installation (
    mode varchar(16) primary key
);

create table partner (
    uuid uuid primary key,
    username varchar(255) not null unique,
    password_hash varchar(255),
    role varchar(16) not null,
    stamp bytea not null,
    disabled_at timestamp with time zone
);

-- Where a partner's users may be sent back to after linking an identifier.
create table partner_origin (
    partner uuid not null references partner (uuid) on delete cascade,
    origin varchar(255) not null,
    primary key (partner, origin)
);

create table api_key (
    sha256 bytea primary key,
    partner uuid not null references partner (uuid) on delete cascade,
    revoked_at timestamp with time zone
);
create index api_key_partner on api_key (partner);

create table account (
    uuid uuid primary key,
    email varchar(255) unique,
    password_hash varchar(255),
    stamp bytea not null,
    deleted_at timestamp with time zone
);

-- An identifier is in use once, whoever registered it; account is null until it is linked.
create table identifier (
    identifier varchar(255) primary key,
    uuid uuid not null unique,
    partner uuid not null references partner (uuid) on delete cascade,
    account uuid references account (uuid) on delete cascade
);
create index identifier_partner on identifier (partner);
create index identifier_account on identifier (account);

create table document (
    uuid uuid primary key,
    account uuid not null references account (uuid) on delete cascade,
    side varchar(16) not null,
    reviewed_at timestamp with time zone
);
create index document_account on document (account);

-- What an access token's sid names; account is null in a partner's own session.
create table session (
    sid uuid primary key,
    partner uuid not null references partner (uuid) on delete cascade,
    account uuid references account (uuid) on delete cascade,
    started_at timestamp with time zone not null,
    ends_at timestamp with time zone not null,
    revoked_at timestamp with time zone
);
create index session_partner on session (partner);
create index session_account on session (account);
create index session_ends_at on session (ends_at);

-- Refresh tokens of a session; all but one of them are used.
create table refresh_token (
    sha256 bytea primary key,
    sid uuid not null references session (sid) on delete cascade,
    used_at timestamp with time zone
);
create index refresh_token_sid on refresh_token (sid);

-- Login tokens that were used; those that were not leave nothing behind.
create table redeemed_login_token (
    sha256 bytea primary key,
    account uuid not null,
    partner uuid not null,
    redeemed_by uuid not null,
    redeemed_at timestamp with time zone not null,
    expiry timestamp with time zone not null
);
create index redeemed_login_token_expiry on redeemed_login_token (expiry);

-- One row. Tokens that expired before this moment are refused, so that their rows can be deleted; it never falls.
create table redemption_watermark (
    expired_before timestamp with time zone primary key
);
insert into redemption_watermark (expired_before) values (timestamp with time zone '1970-01-01 00:00:00+00');

-- Who did what, for whom, and what came of it, for as long as is set; rows are never changed. It outlives what it names.
create table audit (
    uuid uuid primary key,
    at timestamp with time zone default current_timestamp not null,
    actor varchar(255) not null,
    action varchar(32) not null,
    outcome varchar(32) not null,
    partner uuid,
    account uuid,
    token_hash8 bytea,
    request_id varchar(64)
);
create index audit_at on audit (at);

-- Failed attempts to guess a password, by account and by network.
create table failed_attempt (
    subject bytea primary key,
    failures integer not null,
    last_at timestamp with time zone not null,
    blocked_until timestamp with time zone not null
);
create index failed_attempt_last_at on failed_attempt (last_at);

-- Keys that sign and verify, each wrapped by the master key of the configuration.
create table signing_key (
    purpose varchar(16) not null,
    id smallint not null,
    wrapped bytea not null,
    signs_from timestamp with time zone not null,
    verifies_until timestamp with time zone,
    primary key (purpose, id)
);
