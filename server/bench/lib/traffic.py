"""The requests that the load generator sends, and the keys and tokens in them."""

import base64
import hmac
import json
import random
import secrets
import time
import uuid

from data import KINDS, PARTNER, PARTNER_KEY, USERS, WEBSITE_KEY, identifier, session, user

PATH = "/api/v1/user/login-token"
HOUR = 3600


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Keys:
    """The service's keys, and tokens as it would sign them: thousands of logins would take too long."""

    def __init__(self):
        self.jwt, self.login_token = secrets.token_bytes(32), secrets.token_bytes(32)

    def write(self, directory):
        """As the service reads them, a JWK set."""
        file = directory / "keys.json"
        file.write_text(json.dumps({"keys": [
            {"kty": "oct", "kid": "1", "alg": "HS256", "k": base64url(self.jwt)},
            {"kty": "oct", "kid": "1", "alg": "login-token/1", "k": base64url(self.login_token)}]}))
        return file

    def token(self, typ, subject, sid, expiry, **more):
        header = {"kid": "1", "typ": typ, "alg": "HS256"}
        claims = {"aud": "login-token", "sub": str(subject), "iss": "login-token", "exp": int(expiry),
                  "iat": int(expiry) - HOUR, "sid": sid, **more}
        text = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
        return text + "." + base64url(hmac.digest(self.jwt, text.encode(), "sha256"))

    def partner_token(self, expiry):
        return self.token("partner+jwt", PARTNER, session(0), expiry)

    def user_token(self, number, expiry):
        return self.token("user+jwt", user(number), session(number), expiry, partner=str(PARTNER))


def varied():
    """Headers that differ from caller to caller."""
    headers = {"Host": "login-token.example.com",
               "User-Agent": random.choice(["okhttp/4.12.0", "Dart/3.4 (dart:io)", "axios/1.7.2",
                                            "MobileBank/7.4 (iPhone; iOS 17.5) CFNetwork/1496"]),
               "Accept": random.choice(["application/json", "*/*", "application/json, text/plain, */*"])}
    if random.random() < 0.5:
        headers["X-Request-Id"] = str(uuid.UUID(int=random.getrandbits(128)))
    if random.random() < 0.3:
        headers["traceparent"] = f"00-{random.getrandbits(128):032x}-{random.getrandbits(64):016x}-01"
    if random.random() < 0.3:
        headers["Accept-Language"] = random.choice(["de-DE,de;q=0.9", "nl", "en-GB"])
    return headers


def request(headers, method="GET", path=PATH, body=""):
    if body:
        headers = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def by_identifier(numbers, key=PARTNER_KEY):
    return [request({**varied(), "X-Api-Key": key, "User-Identifier": identifier(number)}) for number in numbers]


def by_tokens(numbers, keys):
    expiry = time.time() + HOUR - 60
    partner_token = keys.partner_token(expiry)
    return [request({**varied(), "Authorization": "Bearer " + partner_token,
                     "User-Authorization": "Bearer " + keys.user_token(number, expiry)}) for number in numbers]


def errors(keys):
    """For each code of the operation but ER999 what provokes it, all as often."""
    now = time.time()
    key = {"X-Api-Key": PARTNER_KEY}
    expired = keys.partner_token(now - HOUR)

    def one(code, number):
        known = {"User-Identifier": identifier(number)}
        of_kind = {kind: {"User-Identifier": identifier(first + number % 100)} for kind, first in KINDS.items()}
        return {
            "ER700": {**key, "User-Authorization": "Bearer"},
            "ER701": {**key, "User-Authorization": "Bearer " + keys.user_token(number, now - HOUR)},
            "ER702": {**key, "User-Authorization": f"Bearer nonsense{number}"},
            "ER703": {**key, **known, "User-Authorization": "Bearer " + keys.user_token(number % 1000 + 1, now + HOUR)},
            "ER704": {**key, "User-Identifier": ""},
            "ER705": {**key, **of_kind["unlinked"]},
            "ER706": {**key, **of_kind["elsewhere"]},
            "ER707": {**key, "User-Identifier": f"short{number}"},
            "ER708": {**key, **of_kind["pending"]},
            "ER709": {**key, **of_kind["deleted"]},
            "ER800": {**known, "Authorization": f"Bearer nonsense{number}"},
            "ER801": {**known, "Authorization": "Bearer " + expired},
            "ER802": {**known, "Authorization": "Basic eDp5"},
            "ER803": {**key, **known, "Authorization": "Bearer " + expired},
            "ER805": {**known, "X-Api-Key": f"nobodys-api-key-{number}"},
            "ER806": {**known, "X-Api-Key": ""},
        }[code]

    codes = [f"ER70{digit}" for digit in range(10)] + ["ER800", "ER801", "ER802", "ER803", "ER805", "ER806"]
    numbers = random.sample(range(2001, USERS + 1), 600)
    return {code: [request({**varied(), **one(code, number)}) for number in numbers] for code in codes}


def redemptions(answers):
    redeem = {"X-Api-Key": WEBSITE_KEY}
    return [request({**varied(), **redeem}, "POST", PATH + "/redeem",
                    json.dumps({"uuid": answer["uuid"], "token": answer["token"]})) for answer in answers]
