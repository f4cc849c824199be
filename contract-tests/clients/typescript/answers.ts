// Gets every answer that the spec declares from the generated client, and compares it with the spec's example.
import { deepStrictEqual, strictEqual } from 'node:assert';
import { ApiResponse, ClientApi, Configuration, ResponseError, SystemApi, UserApi } from './login-token';

type Node = Record<string, any>;

async function main(basePath: string) {
  const spec: Node = await (await fetch(`${basePath}/openapi.json`)).json();
  const resolved = (node: Node): Node =>
    node.$ref ? resolved(node.$ref.slice(2).split('/').reduce((target: Node, name: string) => target[name], spec)) : node;

  const configuration = new Configuration({ basePath });
  const apis: Node[] = [new ClientApi(configuration), new SystemApi(configuration), new UserApi(configuration)];
  // Calls an operation with the spec's example of its request.
  const call = (operation: Node, init: RequestInit): Promise<ApiResponse<unknown>> => {
    const method = `${operation.operationId}Raw`;
    const content = operation.requestBody?.content['application/json'];
    const parameters: Node = {};
    if (content) {
      const model: string = content.schema.$ref.split('/').pop();
      parameters[model[0].toLowerCase() + model.slice(1)] = Object.values<Node>(content.examples)[0].value;
    }
    return apis.find((api) => method in api)![method](parameters, init);
  };

  let came = 0;
  for (const path of Object.values<Node>(spec.paths)) {
    for (const operation of Object.values<Node>(path)) {
      for (const [status, response] of Object.entries<Node>(operation.responses)) {
        const examples: Node = resolved(response).content?.['application/json']?.examples ?? { '': undefined };
        for (const [name, example] of Object.entries<Node | undefined>(examples)) {
          const preference = `code=${status}${name && `, example=${name}`}`;
          const where = `${operation.operationId} ${preference}`;
          const answer = await call(operation, { headers: { Prefer: preference } }).then(
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
