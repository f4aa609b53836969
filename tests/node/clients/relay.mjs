// relay-compiler on the printed contracts, and relay-runtime with what it compiled: connections, PageInfo and Node as Relay wants them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildClientSchema, printSchema } from 'graphql';
import relayRuntime from 'relay-runtime';
import { introspect } from './reference.mjs';
import { seesWhatHappens } from './server.mjs';
import { closing, connect } from './streams.mjs';
import { runPackage, workspace } from './workspace.mjs';

const {
  commitMutation, ConnectionHandler, createOperationDescriptor, Environment, fetchQuery, getSingularSelector, Network, Observable, RecordSource,
  requestSubscription, Store,
} = relayRuntime;

/** Compiles the documents of `relay/WHO` against a contract, and returns what loads an artifact by its name. */
async function compile(server, who) {
  const directory = await workspace(server.directory, `relay/${who}`, {
    'schema.graphql': printSchema(buildClientSchema(await introspect(server[who]))),
    'relay.config.json': { src: '.', schema: './schema.graphql', language: 'javascript', eagerEsModules: false, excludes: ['node_modules/**'] },
  });
  await runPackage(directory, 'relay-compiler', 'relay.config.json');
  const load = createRequire(join(directory, 'relay.config.json'));
  return (name) => load(`./__generated__/${name}.graphql.js`);
}

function environment({ url, headers }, sockets) {
  const fetchOperation = async ({ text }, variables) => {
    const response = await fetch(url, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ query: text, variables }) });
    return response.json();
  };
  const subscribe = ({ text }, variables) => Observable.create((sink) => sockets.subscribe({ query: text, variables }, sink));
  return new Environment({ network: Network.create(fetchOperation, sockets && subscribe), store: new Store(new RecordSource()) });
}

/** Asks, keeps the answer from being collected, and returns its data as the store has it. */
async function ask(relay, query, variables) {
  const operation = createOperationDescriptor(query, variables);
  await fetchQuery(relay, query, variables).toPromise();
  relay.retain(operation);
  return () => relay.lookup(operation.fragment).data;
}

const slowly = (check) => Object.assign(check, { seconds: 60 });

export const relay = {
  'the contract of buyers compiles, a connection is paged through, a node fetched again': slowly(async (server) => {
    const artifact = await compile(server, 'buyer');
    const relay = environment(server.buyer);
    const root = (await ask(relay, artifact('ProductPagesQuery'), { count: 3 }))();
    const products = () => relay.lookup(getSingularSelector(artifact('ProductPages_products'), root)).data.products;
    const cursor = products().pageInfo.endCursor;

    await ask(relay, artifact('ProductPagesNextQuery'), { count: 3, cursor });

    const { edges, totalCount, pageInfo } = products();
    assert.equal(new Set(edges.map(({ node }) => node.sku)).size, 6);
    assert.ok(totalCount > 6);
    assert.notEqual(pageInfo.endCursor, cursor);
    const card = (store, product) => store.lookup(getSingularSelector(artifact('ProductPages_card'), product)).data;
    const elsewhere = environment(server.buyer);
    const again = (await ask(elsewhere, artifact('ProductPagesCardQuery'), { id: edges[0].node.__id }))();
    assert.deepEqual(card(elsewhere, again.node), card(relay, edges[0].node));
  }),

  'the contract of staff compiles, a mutation appends to a connection, a subscription tells of a change made over HTTP': slowly(async (server) => {
    const artifact = await compile(server, 'staff');
    const sockets = connect(server.staff);
    const relay = environment(server.staff, sockets);
    const lists = await ask(relay, artifact('PriceListsQuery'), { count: 1 });
    const externalId = randomUUID();

    await new Promise((onCompleted, onError) => commitMutation(relay, {
      mutation: artifact('PriceListsCreateMutation'),
      variables: { input: { externalId, name: 'Made by Relay', currency: 'EUR' }, connections: [ConnectionHandler.getConnectionID('client:root', 'PriceLists_priceLists')] },
      onCompleted,
      onError,
    }));
    await seesWhatHappens(server, 'relay', (next, fail) => {
      const onNext = (data) => next(data).catch(fail);
      const { dispose } = requestSubscription(relay, { subscription: artifact('MarketsSubscription'), variables: {}, onNext, onError: fail });
      return dispose;
    });

    assert.equal(lists().priceLists.edges.at(-1).node.externalId, externalId);
    assert.equal((await closing(sockets)).code, 1000);
  }),
};
