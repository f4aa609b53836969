import { graphql } from 'relay-runtime';

export const query = graphql`
  query PriceListsQuery($count: Int!, $cursor: String) {
    priceLists(first: $count, after: $cursor) @connection(key: "PriceLists_priceLists") {
      edges {
        node {
          externalId
          entries(first: 2) @connection(key: "PriceLists_entries") {
            edges {
              node {
                minimumQuantity
              }
            }
          }
        }
      }
    }
  }
`;

export const create = graphql`
  mutation PriceListsCreateMutation($input: CreatePriceListInput!, $connections: [ID!]!) {
    createPriceList(input: $input) {
      priceList @appendNode(connections: $connections, edgeTypeName: "PriceListEdge") {
        externalId
        name
      }
      userErrors {
        code
        path
      }
    }
  }
`;
