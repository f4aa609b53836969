import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The server under test with its two contracts, and what plain HTTP does on it for the clients' sake. */
export class Server {
  constructor(url, buyerKey, staffKey) {
    const base = url.replace(/\/$/, '');
    this.buyer = contract(`${base}/graphql`, buyerKey);
    this.staff = contract(`${base}/admin/graphql`, staffKey);
    /** Everything that a client generates goes here; removed at the end. */
    this.directory = mkdtempSync(join(tmpdir(), 'wholesale-clients-'));
  }

  /** The SKU of a variant that the buyer sees. */
  async sku() {
    const { products } = await this.buyer.ask('{ products(first: 1) { edges { node { variants(first: 1) { edges { node { sku } } } } } } }');
    return products.edges[0].node.variants.edges[0].node.sku;
  }

  /** Sets a price of the list that everyone in dollars has, as staff, over HTTP. */
  async setPrice(sku, unitPrice) {
    const { priceList } = await this.staff.ask('{ priceList(externalId: "usd") { id } }');
    const { upsertPrices } = await this.staff.ask(
      'mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code message } } }',
      { input: { priceListId: priceList.id, prices: [{ sku, unitPrice }] } },
    );
    assert.deepEqual(upsertPrices.userErrors, []);
  }

  /** Changes a market, as staff, over HTTP: what an event tells of. */
  async changeMarket(externalId) {
    const { upsertMarkets } = await this.staff.ask(
      'mutation($market: MarketInput!) { upsertMarkets(input: { markets: [$market] }) { markets { id version } userErrors { code message } } }',
      { market: { externalId, name: `Changed ${randomUUID()}`, currency: 'EUR' } },
    );
    assert.deepEqual(upsertMarkets.userErrors, []);
    return upsertMarkets.markets[0];
  }
}

function contract(url, key) {
  const headers = { 'X-Api-Key': key };
  return {
    url,
    headers,
    socketUrl: url.replace(/^http/, 'ws'),
    /** The data of an answer without errors. */
    async ask(query, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const answer = await response.json();
      assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
      return answer.data;
    },
  };
}

/** The subscription that the clients watch: from the first event on, so that what was changed before it was opened is seen, too. */
export const watch = 'subscription Watch { events(after: 0, types: [MARKET_CHANGED]) { number subjectId version actorKind } }';

/**
 * Changes a market twice over HTTP: before `open` and when the stream has told of that. Returns when the second is told of.
 * `open` takes what is to be done with each result's data and returns what ends the stream.
 */
export async function seesWhatHappens(server, market, open) {
  const before = await server.changeMarket(market);
  let last = 0;
  let close;
  await new Promise((resolve, reject) => {
    close = open(async ({ events: event }) => {
      assert.ok(event.number > last, `${event.number} came after ${last}`);
      last = event.number;
      if (event.subjectId === before.id && event.version === before.version) {
        const after = await server.changeMarket(market);
        assert.equal(after.version, before.version + 1);
      } else if (event.subjectId === before.id && event.version === before.version + 1) {
        assert.equal(event.actorKind, 'STAFF');
        resolve();
      }
    }, reject);
  });
  await close();
}
