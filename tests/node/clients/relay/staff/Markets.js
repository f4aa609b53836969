import { graphql } from 'relay-runtime';

export const changes = graphql`
  subscription MarketsSubscription {
    events(after: 0, types: [MARKET_CHANGED]) {
      number
      subjectId
      version
      actorKind
    }
  }
`;
