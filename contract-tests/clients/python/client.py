import sys

from login_token import ApiClient, ApiException, Configuration, GetLoginTokenErrors, UserApi

partner = Configuration(host=sys.argv[1], api_key={"apiKey": "sandbox-api-key"})
user = UserApi(ApiClient(partner))

login = user.get_login_token(user_identifier="activeuser000000000000000000000000000000")
print(login.uuid, login.token, login.expiry_date.isoformat())
try:
    user.get_login_token()
except ApiException as refused:
    for error in GetLoginTokenErrors.from_json(refused.body).errors.values():
        print(error.code.value, error.message)
