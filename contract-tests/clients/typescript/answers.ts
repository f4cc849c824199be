// Gets every answer that the spec declares from the generated client, and compares it with the spec's example.
import { deepStrictEqual, strictEqual } from 'node:assert';
import { ApiResponse, ClientApi, Configuration, ResponseError, SystemApi, UserApi } from './login-token';

type Node = Record<string, any>;

async function main(basePath: string) {
  const spec: Node = await (await fetch(`${basePath}/openapi.json`)).json();
  const resolved = (node: Node): Node =>
    node.$ref ? resolved(node.$ref.slice(2).split('/').reduce((target: Node, name: string) => target[name], spec)) : node;

  const configuration = new Configuration({ basePath });
  const partner = new ClientApi(configuration);
  const system = new SystemApi(configuration);
  const user = new UserApi(configuration);
  const identifier = 'i'.repeat(36);
  const calls: Record<string, (init: RequestInit) => Promise<ApiResponse<unknown>>> = {
    authenticate: (init) =>
      partner.authenticateRaw({ credentials: { username: 'sandbox', password: 'sandbox-password' } }, init),
    refresh: (init) => partner.refreshRaw({ refreshRequest: { refreshToken: 'x' } }, init),
    getSystemInfo: (init) => system.getSystemInfoRaw({}, init),
    getLoginToken: (init) => user.getLoginTokenRaw({}, init),
    redeemLoginToken: (init) => user.redeemLoginTokenRaw({ redeemRequest: { token: 'x', uuid: '45b9313b-fa47-4786-baf1-62969dec31f2' } }, init),
    loginUser: (init) =>
      user.loginUserRaw({ login: { emailAddress: 'active@example.com', password: 'active-password' } }, init),
    logoutUser: (init) => user.logoutUserRaw({}, init),
    registerIdentifier: (init) =>
      user.registerIdentifierRaw({ identifierRequest: { identifier, returnUrl: 'https://app.example.com/' } }, init),
    confirmIdentifier: (init) =>
      user.confirmIdentifierRaw({ identifierConfirmation: { identifier, verifier: 'v'.repeat(32) } }, init),
  };

  let came = 0;
  for (const path of Object.values<Node>(spec.paths)) {
    for (const operation of Object.values<Node>(path)) {
      for (const [status, response] of Object.entries<Node>(operation.responses)) {
        const examples: Node = resolved(response).content?.['application/json']?.examples ?? { '': undefined };
        for (const [name, example] of Object.entries<Node | undefined>(examples)) {
          const preference = `code=${status}${name && `, example=${name}`}`;
          const where = `${operation.operationId} ${preference}`;
          const answer = await calls[operation.operationId]({ headers: { Prefer: preference } }).then(
            (success) => success.raw,
            (refused: unknown) => {
              if (!(refused instanceof ResponseError)) throw refused;
              return refused.response;
            },
          );
          strictEqual(answer.status, Number(status), where);
          const text = await answer.text();
          deepStrictEqual(text ? JSON.parse(text) : undefined, example && resolved(example).value, where);
          came += 1;
        }
      }
    }
  }
  console.log(came);
}

void main(process.argv[2]);
