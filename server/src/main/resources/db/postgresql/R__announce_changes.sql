-- Every node keeps what it has read of these tables until it is told that it changed; see Facts. Whoever changes a row, in
-- whatever way, a trigger tells: at commit, on the channel login_token, by the kind of fact and the id that it is kept
-- under, or by the kind alone if many rows change at once. New rows need no word, for nobody keeps that a row is missing;
-- but a new document is a change of its user.

create or replace function login_token_announce() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    perform pg_notify('login_token', tg_argv[0]);
  elsif (select count(*) from (select 1 from changed limit 1001) some_of_them) > 1000 then
    perform pg_notify('login_token', tg_argv[0]);
  else
    execute format('select pg_notify(''login_token'', %L || '':'' || (%s)) from changed', tg_argv[0], tg_argv[1]);
  end if;
  return null;
end
$$;

do $$
declare
  fact record;
  event record;
begin
  for fact in select * from (values
      ('account', 'account', 'uuid'),
      ('document', 'account', 'account'),
      ('partner', 'partner', 'uuid'),
      ('session', 'session', 'sid'),
      -- Neither a key nor an identifier is told, but the first half of its SHA-256.
      ('api_key', 'api_key', 'encode(substring(sha256 from 1 for 16), ''hex'')::uuid'),
      ('identifier', 'identifier',
          'encode(substring(sha256(convert_to(identifier, ''UTF8'')) from 1 for 16), ''hex'')::uuid'))
      facts (table_name, kind, id) loop
    for event in select * from (values ('update', 'old'), ('delete', 'old'), ('insert', 'new')) events (name, rows) loop
      if event.name <> 'insert' or fact.table_name = 'document' then
        execute format(
            'create or replace trigger login_token_%s after %s on %I referencing %s table as changed
                for each statement execute function login_token_announce(%L, %L)',
            event.name, event.name, fact.table_name, event.rows, fact.kind, fact.id);
      end if;
    end loop;
    execute format(
        'create or replace trigger login_token_truncate after truncate on %I
            for each statement execute function login_token_announce(%L)',
        fact.table_name, fact.kind);
  end loop;
end
$$;
