// graphql-ws and graphql-sse: the reference clients of both transports of subscriptions.
import assert from 'node:assert/strict';
import { createClient as createEventStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';
import { seesWhatHappens, watch } from './server.mjs';

// Browsers have it, and newer versions of Node.js; the clients take it as given.
globalThis.WebSocket ??= WebSocket;

/**
 * A client of `graphql-transport-ws` that gives its key in the payload of `connection_init`, as a browser must. It keeps its socket until `closing`, and does not try
 * again, so that what goes wrong is seen.
 */
export const connect = ({ socketUrl, headers }, options) =>
  createSocket({ url: socketUrl, connectionParams: headers, retryAttempts: 0, lazyCloseTimeout: 60_000, ...options });

/** Ends a client of sockets, and returns how its socket closed. */
export async function closing(client) {
  const closed = new Promise((resolve) => client.on('closed', resolve));
  await client.dispose();
  return closed;
}

/** Watches by the callbacks that both clients share. */
const watchBy = (client) => (next, fail) => {
  let complete;
  const completed = new Promise((resolve) => (complete = resolve));
  const unsubscribe = client.subscribe(
    { query: watch },
    { next: (result) => (result.errors ? fail(result.errors) : next(result.data).catch(fail)), error: fail, complete },
  );
  return () => {
    unsubscribe();
    return completed;
  };
};

/** A buyer's prices: the first page says where to begin, and the next one tells of a price that the seller changes. */
async function seesItsPricesChange(client, server, price) {
  const sku = await server.sku();
  const pages = client.iterate({
    query: `subscription Prices($skus: [String!]) {
      effectivePriceChanged(skus: $skus) { edges { node { action sku after { unitPrice { amount } } } } pageInfo { hasNextPage endCursor } }
    }`,
    variables: { skus: [sku] },
  });
  const next = async () => (await pages.next()).value.data.effectivePriceChanged;
  const begun = await next();
  assert.deepEqual(begun.edges, []);
  assert.ok(begun.pageInfo.endCursor);
  await server.setPrice(sku, price);
  const { edges, pageInfo } = await next();
  assert.deepEqual(edges, [{ node: { action: 'SET', sku, after: { unitPrice: { amount: price } } } }]);
  const { priceChanges } = await server.buyer.ask('query($after: String) { priceChanges(after: $after) { edges { node { sku } } } }', {
    after: pageInfo.endCursor,
  });
  assert.deepEqual(priceChanges.edges, []);
  await pages.return();
}

/** The one result of what both clients iterate. */
async function single(results) {
  const all = [];
  for await (const result of results) {
    all.push(result);
  }
  assert.equal(all.length, 1);
  return all[0];
}

async function answersQueries(client, server) {
  const sku = await server.sku();
  const result = await single(client.iterate({ query: 'query($sku: String!) { variant(sku: $sku) { sku } }', variables: { sku } }));
  assert.deepEqual(result, { data: { variant: { sku } } });
}

export const socket = {
  async 'a query with variables is answered and completed'(server) {
    const client = connect(server.buyer);
    await answersQueries(client, server);
    const { code, wasClean } = await closing(client);
    assert.deepEqual({ code, wasClean }, { code: 1000, wasClean: true });
  },

  async 'a subscription tells of a change made over HTTP, and its socket serves on when it has ended'(server) {
    const client = connect(server.staff);
    await seesWhatHappens(server, 'graphql-ws', watchBy(client));
    await answersQueries(client, server);
    assert.equal((await closing(client)).code, 1000);
  },

  async 'a buyer is told of its changed prices, and goes on by the cursor'(server) {
    const client = connect(server.buyer);
    await seesItsPricesChange(client, server, '71.50');
    assert.equal((await closing(client)).code, 1000);
  },

  async 'pings are answered'(server) {
    const client = connect(server.buyer, { keepAlive: 10 });
    const ponged = new Promise((resolve) => client.on('pong', resolve));
    await answersQueries(client, server);
    await ponged;
    assert.equal((await closing(client)).code, 1000);
  },

  async 'an invalid document is an error of its operation alone'(server) {
    const client = connect(server.buyer);
    const errors = await single(client.iterate({ query: '{ nonsense }' })).catch((thrown) => thrown);
    assert.equal(errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    await answersQueries(client, server);
    assert.equal((await closing(client)).code, 1000);
  },

  async 'a key that is no good closes the socket with 4403'({ buyer }) {
    const client = connect({ ...buyer, headers: { 'X-Api-Key': 'nonsense' } });
    const close = await single(client.iterate({ query: '{ me { kind } }' })).catch((thrown) => thrown);
    assert.equal(close.code, 4403);
  },
};

const stream = ({ url, headers }) => createEventStream({ url, headers, retryAttempts: 0 });

export const eventStream = {
  async 'a query with variables is answered and completed'(server) {
    await answersQueries(stream(server.buyer), server);
  },

  async 'a subscription tells of a change made over HTTP'(server) {
    await seesWhatHappens(server, 'graphql-sse', watchBy(stream(server.staff)));
  },

  async 'a buyer is told of its changed prices, and goes on by the cursor'(server) {
    await seesItsPricesChange(stream(server.buyer), server, '72.50');
  },
};
