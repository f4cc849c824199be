import { Configuration, GetLoginTokenErrorsFromJSON, ResponseError, UserApi } from './login-token';

async function main(basePath: string) {
  const user = new UserApi(new Configuration({ basePath, apiKey: 'sandbox-api-key' }));

  const login = await user.getLoginToken({ userIdentifier: 'activeuser000000000000000000000000000000' });
  console.log(login.uuid, login.token, login.expiryDate.toISOString());
  try {
    await user.getLoginToken();
  } catch (refused) {
    if (!(refused instanceof ResponseError)) throw refused;
    const { errors } = GetLoginTokenErrorsFromJSON(await refused.response.json());
    for (const error of Object.values(errors)) console.log(error.code, error.message);
  }
}

void main(process.argv[2]);
