import { graphql } from 'relay-runtime';

export const query = graphql`
  query ProductPagesQuery($count: Int!) {
    ...ProductPages_products @arguments(count: $count)
  }
`;

export const products = graphql`
  fragment ProductPages_products on Query
  @refetchable(queryName: "ProductPagesNextQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    products(first: $count, after: $cursor, sort: NAME) @connection(key: "ProductPages_products") {
      totalCount
      edges {
        node {
          sku
          ...ProductPages_card
        }
      }
    }
  }
`;

/** Fetched again through `node(id:)`. */
export const card = graphql`
  fragment ProductPages_card on Product @refetchable(queryName: "ProductPagesCardQuery") {
    name
    updatedAt
    variants(first: 2) {
      edges {
        node {
          sku
          price(quantity: 10) {
            total {
              amount
              currency
            }
          }
        }
      }
    }
  }
`;
