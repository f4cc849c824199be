-- Throttles guesses at passwords; takes the place of failed_attempt, which nodes of the first release go on using.

-- Leaky buckets. Neither names nor addresses can be read from an id, which is an HMAC.
create table attempt_bucket (
    id bytea primary key,
    -- Milliseconds since the epoch. Each attempt adds the time that it takes to leak.
    empty_at bigint not null
);
create index attempt_bucket_empty_at on attempt_bucket (empty_at);

-- Networks from which a name has logged in; id and name are HMACs.
create table known_network (
    id bytea primary key,
    name bytea not null,
    succeeded_at timestamp with time zone not null
);
create index known_network_name on known_network (name);
create index known_network_succeeded_at on known_network (succeeded_at);
