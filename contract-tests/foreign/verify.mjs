// Verifies Pact files with Pact for JavaScript, which sends state changes in bodies only. Usage: node verify.mjs URL PACT-FILE...
import { Verifier } from '@pact-foundation/pact';

const [url, ...pactUrls] = process.argv.slice(2);
await new Verifier({
  provider: 'login-token',
  providerBaseUrl: url,
  providerStatesSetupUrl: `${url}/_pact/provider-states?refusals=in-answers`,
  providerStatesSetupTeardown: true,
  pactUrls,
  logLevel: 'error',
}).verifyProvider();
