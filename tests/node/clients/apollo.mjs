// Apollo Client with its normalising cache, over HTTP and over graphql-ws.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, ServerError, gql } from '@apollo/client/core';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { seesWhatHappens, watch } from './server.mjs';
import { closing, connect } from './streams.mjs';

/** A client that notes the responses it got. */
function connectTo({ url, headers }, options) {
  const responses = [];
  const link = new HttpLink({
    uri: url,
    headers,
    async fetch(...request) {
      const response = await fetch(...request);
      responses.push({ status: response.status, type: response.headers.get('content-type') });
      return response;
    },
    ...options,
  });
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { products: relayStylePagination(['filter', 'sort']) } } } });
  return { client: new ApolloClient({ link, cache }), cache, responses };
}

const page = gql`
  query Page($first: Int!, $after: String) {
    products(first: $first, after: $after) {
      edges { cursor node { id sku name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const partial = gql`
  query Partial($sku: String!) {
    variant(sku: $sku) { id sku price(quantity: 0) { total { amount } } }
  }
`;

/** A variant comes, its price is an error of the field: with data and errors at once, as the caller's policy wishes. */
async function toleratesPartialResponses(server, options, expected) {
  const { client, responses } = connectTo(server.buyer, options);
  const variables = { sku: await server.sku() };

  const { data, error } = await client.query({ query: partial, variables, errorPolicy: 'all' });
  const thrown = await client.query({ query: partial, variables, fetchPolicy: 'network-only' }).catch((e) => e);

  assert.deepEqual(responses, [expected, expected]);
  assert.equal(data.variant.sku, variables.sku);
  assert.equal(data.variant.price, null);
  for (const combined of [error, thrown]) {
    assert.ok(CombinedGraphQLErrors.is(combined), String(combined));
    assert.deepEqual(combined.errors.map(({ path, extensions }) => [path, extensions.code]), [[['variant', 'price'], 'INVALID_QUANTITY']]);
  }
}

export const apollo = {
  async 'objects are normalised by their ids'({ buyer }) {
    const { client, cache, responses } = connectTo(buyer);

    const { data } = await client.query({ query: page, variables: { first: 3 } });

    const { node } = data.products.edges[0];
    assert.equal(data.products.edges.length, 3);
    assert.deepEqual(cache.extract()[`Product:${node.id}`], { __typename: 'Product', id: node.id, sku: node.sku, name: node.name });
    assert.deepEqual(responses, [{ status: 200, type: 'application/graphql-response+json; charset=utf-8' }]);
  },

  async 'a connection is paged through with relayStylePagination'({ buyer }) {
    const { client } = connectTo(buyer);
    const first = { query: page, variables: { first: 3 } };
    const watched = client.watchQuery(first);
    const subscription = watched.subscribe({});
    const { data } = await client.query(first);

    await watched.fetchMore({ variables: { after: data.products.pageInfo.endCursor } });

    subscription.unsubscribe();
    const skus = client.readQuery(first).products.edges.map(({ node }) => node.sku);
    assert.equal(skus.length, 6);
    assert.equal(new Set(skus).size, 6);
  },

  async 'a mutation refreshes what the cache holds of its object'({ staff }) {
    const { client, responses } = connectTo(staff);
    const externalId = randomUUID();
    const create = gql`mutation Create($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id name version } userErrors { code path } } }`;
    const update = gql`mutation Update($input: UpdatePriceListInput!) { updatePriceList(input: $input) { priceList { id name version } userErrors { code path } } }`;
    const list = gql`query List($externalId: String!) { priceList(externalId: $externalId) { id name version } }`;
    const input = { externalId, name: 'Before', currency: 'EUR' };
    const { data: { createPriceList: { priceList } } } = await client.mutate({ mutation: create, variables: { input } });
    await client.query({ query: list, variables: { externalId } });

    const { data } = await client.mutate({ mutation: update, variables: { input: { priceListId: priceList.id, name: 'After' } } });
    const cached = await client.query({ query: list, variables: { externalId }, fetchPolicy: 'cache-only' });

    assert.deepEqual(data.updatePriceList.userErrors, []);
    assert.deepEqual(cached.data.priceList, { __typename: 'PriceList', id: priceList.id, name: 'After', version: priceList.version + 1 });
    assert.equal(responses.length, 3);
  },

  async 'what the business refuses comes as userErrors, and is no error'({ staff }) {
    const { client } = connectTo(staff);
    const create = gql`mutation Create($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id } userErrors { code path } } }`;

    const { data, error } = await client.mutate({ mutation: create, variables: { input: { externalId: '', name: 'Nameless', currency: 'EUR' } } });

    assert.equal(error, undefined);
    assert.equal(data.createPriceList.priceList, null);
    assert.deepEqual(data.createPriceList.userErrors, [{ __typename: 'UserError', code: 'INVALID_VALUE', path: ['externalId'] }]);
  },

  'a partial response keeps its data, with status 294': (server) =>
    toleratesPartialResponses(server, {}, { status: 294, type: 'application/graphql-response+json; charset=utf-8' }),

  'a partial response keeps its data, as application/json': (server) =>
    toleratesPartialResponses(server, { headers: { ...server.buyer.headers, accept: 'application/json' } }, { status: 200, type: 'application/json; charset=utf-8' }),

  async 'an invalid document is told as GraphQL errors, with status 400'({ buyer }) {
    const { client, responses } = connectTo(buyer);
    const error = await client.query({ query: gql`{ nonsense }` }).catch((thrown) => thrown);
    assert.ok(CombinedGraphQLErrors.is(error), String(error));
    assert.equal(error.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    assert.equal(responses[0].status, 400);
  },

  async 'a key that is no good is told as status 401'({ buyer }) {
    const { client } = connectTo({ ...buyer, headers: { 'X-Api-Key': 'nonsense' } });
    const error = await client.query({ query: page, variables: { first: 1 } }).catch((thrown) => thrown);
    assert.ok(ServerError.is(error), String(error));
    assert.equal(error.statusCode, 401);
    assert.equal(JSON.parse(error.bodyText).code, 'UNAUTHENTICATED');
  },

  async 'a query is answered by GET'({ buyer }) {
    const { client, responses } = connectTo(buyer, { useGETForQueries: true });
    const { data } = await client.query({ query: page, variables: { first: 1 } });
    assert.equal(data.products.edges.length, 1);
    assert.equal(responses[0].status, 200);
  },

  async 'GraphQLWsLink: a subscription tells of a change made over HTTP'(server) {
    const sockets = connect(server.staff);
    const client = new ApolloClient({ link: new GraphQLWsLink(sockets), cache: new InMemoryCache() });
    await seesWhatHappens(server, 'apollo', (next, fail) => {
      const subscription = client.subscribe({ query: gql(watch) }).subscribe({
        next: ({ data, error }) => (error ? fail(error) : next(data).catch(fail)),
        error: fail,
      });
      return () => subscription.unsubscribe();
    });
    assert.equal((await closing(sockets)).code, 1000);
  },
};
