// urql, over HTTP, over graphql-ws, and over the event streams that it reads by itself.
import assert from 'node:assert/strict';
import { Client, cacheExchange, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { seesWhatHappens, watch } from './server.mjs';
import { closing, connect } from './streams.mjs';

const open = ({ url, headers }, exchanges = [cacheExchange, fetchExchange], options) =>
  new Client({ url, exchanges, preferGetMethod: false, fetchOptions: { headers }, ...options });

const price = gql`
  query Price($sku: String!, $quantity: Quantity!) {
    variant(sku: $sku) { id sku price(quantity: $quantity) { quantity total { amount currency } } }
  }
`;

const watchBy = (client) => (next, fail) => {
  const { unsubscribe } = client.subscription(gql(watch), {}).subscribe(({ data, error }) => (error ? fail(error) : next(data).catch(fail)));
  return unsubscribe;
};

export const urql = {
  async 'a query with variables is answered, the second time by the cache'(server) {
    let requests = 0;
    const client = open(server.buyer, undefined, { fetch: (...request) => (requests++, fetch(...request)) });
    const variables = { sku: await server.sku(), quantity: 1 };

    const { data, error } = await client.query(price, variables).toPromise();
    const again = await client.query(price, variables).toPromise();

    assert.equal(error, undefined);
    assert.equal(data.variant.price.quantity, 1);
    assert.match(data.variant.price.total.amount, /^\d+\.\d{2,4}$/);
    assert.deepEqual(again.data, data);
    assert.equal(requests, 1);
  },

  async 'a query is answered by GET'(server) {
    const client = open(server.buyer, undefined, { preferGetMethod: 'force' });
    const variables = { sku: await server.sku(), quantity: 1 };
    const { data, error } = await client.query(price, variables).toPromise();
    assert.equal(error, undefined);
    assert.equal(data.variant.sku, variables.sku);
  },

  async 'a partial response keeps its data'(server) {
    const variables = { sku: await server.sku(), quantity: 0 };
    const { data, error } = await open(server.buyer).query(price, variables).toPromise();
    assert.equal(error.response.status, 294);
    assert.equal(error.networkError, undefined);
    assert.deepEqual(error.graphQLErrors.map(({ path, extensions }) => [path, extensions.code]), [[['variant', 'price'], 'INVALID_QUANTITY']]);
    assert.equal(data.variant.sku, variables.sku);
    assert.equal(data.variant.price, null);
  },

  async 'a key that is no good is told as status 401'(server) {
    const client = open({ ...server.buyer, headers: { 'X-Api-Key': 'nonsense' } });
    const { data, error } = await client.query(price, { sku: 'any', quantity: 1 }).toPromise();
    assert.equal(data, undefined);
    assert.equal(error.response.status, 401);
    assert.equal(error.networkError.message, 'Unauthorized');
  },

  async 'a mutation is carried out'({ staff }) {
    const change = gql`mutation Change($market: MarketInput!) { upsertMarkets(input: { markets: [$market] }) { markets { externalId } userErrors { code } } }`;
    const { data, error } = await open(staff).mutation(change, { market: { externalId: 'urql-mutation', name: 'Changed by urql', currency: 'EUR' } }).toPromise();
    assert.equal(error, undefined);
    assert.deepEqual(data.upsertMarkets.markets.map((market) => market.externalId), ['urql-mutation']);
    assert.deepEqual(data.upsertMarkets.userErrors, []);
  },

  async 'subscriptionExchange with graphql-ws: a subscription tells of a change made over HTTP'(server) {
    const sockets = connect(server.staff);
    const forwardSubscription = (request) => ({
      subscribe: (sink) => ({ unsubscribe: sockets.subscribe({ ...request, query: request.query ?? '' }, sink) }),
    });
    await seesWhatHappens(server, 'urql', watchBy(open(server.staff, [subscriptionExchange({ forwardSubscription })])));
    assert.equal((await closing(sockets)).code, 1000);
  },

  async 'fetchSubscriptions: a subscription tells of a change made over HTTP'(server) {
    await seesWhatHappens(server, 'urql-stream', watchBy(open(server.staff, [fetchExchange], { fetchSubscriptions: true })));
  },
};
