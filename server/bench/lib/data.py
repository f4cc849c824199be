"""The rows of the benchmark: partners, users, identifiers and sessions, as SQL for H2 and PostgreSQL."""

import hashlib
import re
import uuid

USERS = 10_000
PARTNER, WEBSITE, OTHER = (uuid.uuid5(uuid.NAMESPACE_URL, name) for name in ("partner", "website", "other"))
PARTNER_KEY, WEBSITE_KEY = "bench-partner-api-key", "bench-website-api-key"
PEER_KEY = "peer-key-0000000000000000000000000000"

# The first of a hundred users of each kind, for the error answers.
KINDS = {"pending": 20_000_001, "deleted": 20_000_101, "unlinked": 20_000_201, "elsewhere": 20_000_301}


def user(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def session(number):
    return f"00000000-0000-4000-9000-{number:012d}"


def identifier(number):
    return f"user{number:036d}"


def fill(users, sessions):
    """SQL for both databases; {rows:a:b} are the numbers a to b, {stamp} is random, {bin:…} bytes in hex."""
    sql = [f"""insert into partner (uuid, username, role, stamp) values
        ('{PARTNER}', 'partner', 'APP', {{stamp}}), ('{WEBSITE}', 'website', 'WEBSITE', {{stamp}}),
        ('{OTHER}', 'other', 'APP', {{stamp}})"""]
    for partner, key in (PARTNER, PARTNER_KEY), (WEBSITE, WEBSITE_KEY):
        sql.append(f"insert into api_key (sha256, partner) values "
                   f"({{bin:{hashlib.sha256(key.encode()).hexdigest()}}}, '{partner}')")
    people = [(1, users)] + [(KINDS[kind], KINDS[kind] + 99) for kind in ("pending", "deleted", "elsewhere")]
    for first, last in people:
        sql.append(f"""insert into account (uuid, email, stamp, deleted_at)
            select cast('00000000-0000-4000-8000-' || lpad(cast(x as varchar), 12, '0') as uuid),
                'user' || x || '@example.com', {{stamp}},
                case when x between {KINDS['deleted']} and {KINDS['deleted'] + 99} then current_timestamp end
            from {{rows:{first}:{last}}}""")
    for first, last in people + [(KINDS["unlinked"], KINDS["unlinked"] + 99)]:
        partner = OTHER if first == KINDS["elsewhere"] else PARTNER
        account = ("null" if first == KINDS["unlinked"]
                   else "cast('00000000-0000-4000-8000-' || lpad(cast(x as varchar), 12, '0') as uuid)")
        sql.append(f"""insert into identifier (identifier, uuid, partner, account)
            select 'user' || lpad(cast(x as varchar), 36, '0'), {{uuid}}, '{partner}', {account}
            from {{rows:{first}:{last}}}""")
    sql.append(f"""insert into document (uuid, account, side)
        select {{uuid}}, uuid, 'FRONT' from account
        where uuid between '{user(KINDS['pending'])}' and '{user(KINDS['pending'] + 99)}'""")
    sql.append(f"""insert into session (sid, partner, account, started_at, ends_at)
        values ('{session(0)}', '{PARTNER}', null, current_timestamp, current_timestamp + interval '30' day)""")
    sql.append(f"""insert into session (sid, partner, account, started_at, ends_at)
        select cast('00000000-0000-4000-9000-' || lpad(cast(x as varchar), 12, '0') as uuid), '{PARTNER}',
            cast('00000000-0000-4000-8000-' || lpad(cast(x as varchar), 12, '0') as uuid),
            current_timestamp, current_timestamp + interval '30' day
        from {{rows:1:{sessions}}}""")
    return sql


def dialect(statement, h2):
    words = ({"stamp": "secure_rand(16)", "uuid": "random_uuid()"} if h2
             else {"stamp": "uuid_send(gen_random_uuid())", "uuid": "gen_random_uuid()"})
    for word, meaning in words.items():
        statement = statement.replace("{" + word + "}", meaning)
    statement = re.sub(r"\{bin:(\w+)}", r"X'\1'" if h2 else r"decode('\1', 'hex')", statement)
    return re.sub(r"\{rows:(\d+):(\d+)}",
                  r"(select x from system_range(\1, \2)) numbers" if h2 else r"generate_series(\1, \2) as x", statement)
