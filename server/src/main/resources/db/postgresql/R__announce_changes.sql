-- Nodes cache rows of these tables (see RowCache). These triggers tell them about each change, by any client, at its commit.
-- A message on the channel login_token has the kind of row and its id, or only the kind if more than 1000 rows change at
-- once. New rows send no message, because misses are not cached. There are two exceptions: a new document changes the row of
-- its user, and misses of API keys are cached.

create or replace function login_token_announce() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    perform pg_notify('login_token', tg_argv[0]);
  elsif (select count(*) from (select 1 from changed limit 1001) some_rows) > 1000 then
    perform pg_notify('login_token', tg_argv[0]);
  else
    execute format('select pg_notify(''login_token'', %L || '':'' || (%s)) from changed', tg_argv[0], tg_argv[1]);
  end if;
  return null;
end
$$;

do $$
declare
  cached record;
  event record;
begin
  for cached in select * from (values
      ('account', 'account', 'uuid'),
      ('document', 'account', 'account'),
      ('partner', 'partner', 'uuid'),
      ('session', 'session', 'sid'),
      -- For a key or an identifier, the message has the first half of its SHA-256.
      ('api_key', 'api_key', 'encode(substring(sha256 from 1 for 16), ''hex'')::uuid'),
      ('identifier', 'identifier',
          'encode(substring(sha256(convert_to(identifier, ''UTF8'')) from 1 for 16), ''hex'')::uuid'))
      cached_tables (table_name, kind, id) loop
    for event in select * from (values ('update', 'old'), ('delete', 'old'), ('insert', 'new')) events (name, rows) loop
      if event.name <> 'insert' or cached.table_name in ('api_key', 'document') then
        execute format(
            'create or replace trigger login_token_%s after %s on %I referencing %s table as changed
                for each statement execute function login_token_announce(%L, %L)',
            event.name, event.name, cached.table_name, event.rows, cached.kind, cached.id);
      end if;
    end loop;
    execute format(
        'create or replace trigger login_token_truncate after truncate on %I
            for each statement execute function login_token_announce(%L)',
        cached.table_name, cached.kind);
  end loop;
end
$$;
