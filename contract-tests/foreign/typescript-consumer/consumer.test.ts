import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matchers, Pact } from '@pact-foundation/pact';
import { Configuration, GetLoginTokenErrorsFromJSON, ResponseError, UserApi } from './login-token';

const { fromProviderState, regex, uuid } = Matchers;

const pact = new Pact({ consumer: 'typescript-app', provider: 'login-token', dir: 'pacts', logLevel: 'warn' });

const path = '/api/v1/user/login-token';
const time = (example: string) => regex('\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ', example);
const loginToken = {
  uuid: uuid('45b9313b-fa47-4786-baf1-62969dec31f2'),
  token: regex('[A-Za-z0-9_-]{20,}', 'fGRbWeT1VX0pcEGkwgso'),
  expiryDate: time('2019-06-06T16:16:16Z'),
};
const login = {
  uuid: '45b9313b-fa47-4786-baf1-62969dec31f2',
  token: 'fGRbWeT1VX0pcEGkwgso',
  expiryDate: new Date('2019-06-06T16:16:16Z'),
};

test('a login token for a user whom an identifier names', () =>
  pact
    .addInteraction()
    .given('an API key')
    .given('a user with an identifier')
    .uponReceiving('a login token, with API key and identifier')
    .withRequest('GET', path, (request) => {
      request.headers({
        'X-Api-Key': fromProviderState('${apiKey}', 'some-api-key'),
        'User-Identifier': fromProviderState('${userIdentifier}', 'some-identifier'),
      });
    })
    .willRespondWith(200, (response) => {
      response.jsonBody(loginToken);
    })
    .executeTest(async ({ url }) => {
      const user = new UserApi(new Configuration({ basePath: url, apiKey: 'some-api-key' }));
      assert.deepEqual(await user.getLoginToken({ userIdentifier: 'some-identifier' }), login);
    }));

test('a login token for a user whom a token names', () =>
  pact
    .addInteraction()
    .given('a partner token')
    .given('a user token')
    .uponReceiving('a login token, with two tokens')
    .withRequest('GET', path, (request) => {
      request.headers({
        Authorization: fromProviderState('Bearer ${partnerToken}', 'Bearer partner-token'),
        'User-Authorization': fromProviderState('Bearer ${userToken}', 'Bearer user-token'),
      });
    })
    .willRespondWith(200, (response) => {
      response.jsonBody(loginToken);
    })
    .executeTest(async ({ url }) => {
      const user = new UserApi(new Configuration({ basePath: url, accessToken: 'partner-token' }));
      assert.deepEqual(await user.getLoginToken({ userAuthorization: 'Bearer user-token' }), login);
    }));

test('a refusal has an entry for each error', () =>
  pact
    .addInteraction()
    .given('an API key')
    .uponReceiving('a login token for nobody')
    .withRequest('GET', path, (request) => {
      request.headers({ 'X-Api-Key': fromProviderState('${apiKey}', 'some-api-key') });
    })
    .willRespondWith(400, (response) => {
      response.jsonBody({
        errors: {
          ER700: { code: 'ER700', message: Matchers.string('No token.'), solution: Matchers.string('Send one.') },
          ER704: { code: 'ER704', message: Matchers.string('No identifier.'), solution: Matchers.string('Send one.') },
        },
      });
    })
    .executeTest(async ({ url }) => {
      const user = new UserApi(new Configuration({ basePath: url, apiKey: 'some-api-key' }));
      const refused: ResponseError = await user.getLoginToken().then(
        () => assert.fail('not refused'),
        (reason) => reason,
      );
      const { errors } = GetLoginTokenErrorsFromJSON(await refused.response.json());
      assert.deepEqual(
        Object.values(errors).map(({ code }) => code),
        ['ER700', 'ER704'],
      );
      assert.equal(errors.ER704.message, 'No identifier.');
    }));

test('a login token is redeemed', () =>
  pact
    .addInteraction()
    .given('a login token')
    .uponReceiving('the redemption of a login token')
    .withRequest('POST', `${path}/redeem`, (request) => {
      request.headers({ 'X-Api-Key': 'website-api-key' });
      request.jsonBody({
        uuid: fromProviderState('${uuid}', login.uuid),
        token: fromProviderState('${loginToken}', login.token),
      });
    })
    .willRespondWith(200, (response) => {
      response.jsonBody({ uuid: uuid(login.uuid), partner: uuid(), redeemedAt: time('2019-06-06T16:15:16Z') });
    })
    .executeTest(async ({ url }) => {
      const website = new UserApi(new Configuration({ basePath: url, apiKey: 'website-api-key' }));
      const redemption = await website.redeemLoginToken({ redeemRequest: { uuid: login.uuid, token: login.token } });
      assert.equal(redemption.uuid, login.uuid);
      assert.deepEqual(redemption.redeemedAt, new Date('2019-06-06T16:15:16Z'));
    }));
