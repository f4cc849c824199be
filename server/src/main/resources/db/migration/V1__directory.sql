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
    revoked_at timestamp with time zone
);
create index session_partner on session (partner);
create index session_account on session (account);
