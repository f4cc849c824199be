"""Gets every answer that the spec declares from the generated client, and compares it with the spec's example."""

import json
import sys
from urllib.request import urlopen

from login_token import (
    ApiClient,
    ApiException,
    ClientApi,
    Configuration,
    Credentials,
    IdentifierConfirmation,
    IdentifierRequest,
    Login,
    RedeemRequest,
    RefreshRequest,
    SystemApi,
    UserApi,
)

root = sys.argv[1]
with urlopen(root + "/openapi.json") as document:
    SPEC = json.load(document)

client = ApiClient(Configuration(host=root))
partner, system, user = ClientApi(client), SystemApi(client), UserApi(client)
BODY = {
    "authenticate": Credentials(username="sandbox", password="sandbox-password"),
    "refresh": RefreshRequest(refresh_token="x"),
    "redeemLoginToken": RedeemRequest(token="x", uuid="45b9313b-fa47-4786-baf1-62969dec31f2"),
    "loginUser": Login(email_address="active@example.com", password="active-password"),
    "registerIdentifier": IdentifierRequest(identifier="i" * 36, return_url="https://app.example.com/"),
    "confirmIdentifier": IdentifierConfirmation(identifier="i" * 36, verifier="v" * 32),
}
CALLS = {
    "authenticate": partner.authenticate_with_http_info,
    "refresh": partner.refresh_with_http_info,
    "getSystemInfo": system.get_system_info_with_http_info,
    "getLoginToken": user.get_login_token_with_http_info,
    "redeemLoginToken": user.redeem_login_token_with_http_info,
    "loginUser": user.login_user_with_http_info,
    "logoutUser": user.logout_user_with_http_info,
    "registerIdentifier": user.register_identifier_with_http_info,
    "confirmIdentifier": user.confirm_identifier_with_http_info,
}


def resolved(node):
    """Returns a node of the spec, or the one that it refers to."""
    while "$ref" in node:
        target = SPEC
        for name in node["$ref"][2:].split("/"):
            target = target[name]
        node = target
    return node


def answer(operation, status, example):
    """Returns the status, the text and the client's model of an answer."""
    headers = {"Prefer": f"code={status}" + (f", example={example}" if example else "")}
    body = [BODY[operation]] if operation in BODY else []
    try:
        answered = CALLS[operation](*body, _headers=headers)
        return answered.status_code, (answered.raw_data or b"").decode(), answered.data
    except ApiException as refused:
        return refused.status, refused.body or "", refused.data


came = 0
for path in SPEC["paths"].values():
    for operation in path.values():
        for status, response in operation["responses"].items():
            content = resolved(response).get("content", {}).get("application/json", {})
            for name, example in content.get("examples", {"": None}).items():
                expected = resolved(example)["value"] if example else None
                code, text, model = answer(operation["operationId"], status, name)
                where = f"{operation['operationId']} {status} {name}"
                assert code == int(status), f"{where}: status {code}"
                assert (json.loads(text) if text else None) == expected, f"{where}: {text}"
                assert (model is None) == (expected is None), f"{where}: model {model}"
                came += 1
print(came)
