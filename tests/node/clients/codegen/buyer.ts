// What a storefront in TypeScript would write: the documents stand beside their use, and their types are generated from the buyers' contract.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql, useFragment, type FragmentType } from './generated/buyer';

const ProductCard = graphql(`
  fragment ProductCard on Product {
    id
    sku
    name
    brand
    kind
    publishedFrom
    category { name parent { name } }
  }
`);

export const productsPage = graphql(`
  query ProductsPage($first: Int!, $after: String, $filter: ProductFilter, $sort: ProductSort! = NAME) {
    products(first: $first, after: $after, filter: $filter, sort: $sort) {
      totalCount
      edges { cursor node { ...ProductCard } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const price = graphql(`
  query Price($sku: String!, $quantity: Quantity!, $asOf: DateTime) {
    variant(sku: $sku) {
      sku
      price(quantity: $quantity, asOf: $asOf) {
        unitPrice { amount currency }
        total { amount currency }
        breaks { minimumQuantity unitPrice { amount } }
        validUntil
      }
    }
    me { kind pricesVisible }
  }
`);

export const anything = graphql(`
  query Anything($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Product { name }
      ... on Variant { quantityIncrement }
    }
  }
`);

export function card(product: FragmentType<typeof ProductCard>): string {
  const { name, brand, category } = useFragment(ProductCard, product);
  // @ts-expect-error: a brand may be unknown.
  brand.length;
  return `${name} (${brand ?? 'unknown'}) ${category?.name ?? ''}`;
}

export function total(result: VariantPrices): string {
  const amount: string | undefined = result.variant?.price?.total.amount;
  const least: number | undefined = result.variant?.price?.breaks[0]?.minimumQuantity;
  // @ts-expect-error: a variant may have no price.
  result.variant?.price.total;
  // @ts-expect-error: it was not asked for.
  result.variant?.gtin;
  return `${amount} from ${least}`;
}

type VariantPrices = ResultOf<typeof price>;

export const first: VariablesOf<typeof productsPage> = { first: 20, filter: { attributes: [{ code: 'color', values: ['blue'] }], kind: 'FINISHED_GOOD' }, sort: 'NEWEST' };
// @ts-expect-error: the quantity is required.
export const incomplete: VariablesOf<typeof price> = { sku: 'TOOL-001-S' };
// @ts-expect-error: there is no such order.
export const unsorted: VariablesOf<typeof productsPage> = { first: 20, sort: 'CHEAPEST' };

export function name(thing: NonNullable<ResultOf<typeof anything>['nodes'][number]>): string {
  return thing.__typename === 'Product' ? thing.name : thing.id;
}
