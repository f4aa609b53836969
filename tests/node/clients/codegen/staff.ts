// What a seller's system in TypeScript would write.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql } from './generated/staff';

export const writePrices = graphql(`
  mutation UpsertPrices($input: UpsertPricesInput!) {
    upsertPrices(input: $input) {
      priceList { id priceVersion }
      userErrors { code message path }
    }
  }
`);

export const watchEvents = graphql(`
  subscription Events($after: Long) {
    events(after: $after, types: [PRICES_CHANGED, PRODUCT_CHANGED]) { number type subjectId version at actorKind }
  }
`);

export const input: VariablesOf<typeof writePrices>['input'] = {
  priceListId: 'an id',
  prices: [{ sku: 'TOOL-001-S', unitPrice: '8.50' }, { sku: 'TOOL-001-L', minimumQuantity: 10, unitPrice: 8 }],
  mode: 'ALL_OR_NOTHING',
};

export function problems({ upsertPrices }: ResultOf<typeof writePrices>): string[] {
  return (upsertPrices?.userErrors ?? []).map((error) => {
    if (error.code === 'CURRENCY_MISMATCH') {
      return 'in another currency';
    }
    // @ts-expect-error: there is no such condition.
    return error.code === 'TOO_CHEAP' ? '' : `${error.message} ${error.path?.join('.') ?? ''}`;
  });
}

export const number = ({ events }: ResultOf<typeof watchEvents>): number => events?.number ?? 0;
