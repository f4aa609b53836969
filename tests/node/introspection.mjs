// What client tools ask a server for its schema, as the reference implementation has it: node introspection.mjs
import { getIntrospectionQuery } from 'graphql';

console.log(getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }));
