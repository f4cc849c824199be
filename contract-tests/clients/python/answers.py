"""Gets every answer that the spec declares from the generated client, and compares it with the spec's example."""

import json
import re
import sys
from urllib.request import urlopen

import login_token
from login_token import ApiClient, ApiException, ClientApi, Configuration, SystemApi, UserApi

root = sys.argv[1]
with urlopen(root + "/openapi.json") as document:
    SPEC = json.load(document)

client = ApiClient(Configuration(host=root))
APIS = [ClientApi(client), SystemApi(client), UserApi(client)]


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
    name = re.sub("([A-Z])", r"_\1", operation["operationId"]).lower() + "_with_http_info"
    method = next(getattr(api, name) for api in APIS if hasattr(api, name))
    arguments = []
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]["application/json"]
        model = getattr(login_token, content["schema"]["$ref"].split("/")[-1])
        arguments.append(model.from_dict(next(iter(content["examples"].values()))["value"]))
    headers = {"Prefer": f"code={status}" + (f", example={example}" if example else "")}
    try:
        answered = method(*arguments, _headers=headers)
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
                code, text, model = answer(operation, status, name)
                where = f"{operation['operationId']} {status} {name}"
                assert code == int(status), f"{where}: status {code}"
                assert (json.loads(text) if text else None) == expected, f"{where}: {text}"
                assert (model is None) == (expected is None), f"{where}: model {model}"
                came += 1
print(came)
