// graphql-js, the reference implementation: what it makes of our introspection.
import assert from 'node:assert/strict';
import {
  buildClientSchema, buildSchema, getIntrospectionQuery, introspectionFromSchema, introspectionTypes, printSchema, specifiedDirectives, specifiedScalarTypes, validateSchema,
} from 'graphql';

/** All that the specification's September 2025 edition has to ask for. */
const everything = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
  experimentalDirectiveDeprecation: false,
};

const specified = new Set([...specifiedDirectives, ...specifiedScalarTypes, ...introspectionTypes].map(({ name }) => name));

/** What is not the specification's own, types and directives by name; fields, arguments and values keep their order. */
function own({ __schema: { types, directives, ...schema } }) {
  const select = (all) => all.filter(({ name }) => !specified.has(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { ...schema, types: select(types), directives: select(directives) };
}

/** The introspection of a contract, as every tool asks for it. */
export const introspect = (contract) => contract.ask(getIntrospectionQuery(everything));

async function accepts(contract) {
  const introspection = await introspect(contract);

  const schema = buildClientSchema(introspection);
  const printed = buildSchema(printSchema(schema));

  assert.deepEqual(validateSchema(schema), []);
  assert.deepEqual(validateSchema(printed), []);
  const again = JSON.parse(JSON.stringify(introspectionFromSchema(printed, everything)));
  assert.deepEqual(own(again), own(introspection));
}

export const reference = {
  'the contract of buyers is a valid schema, and printed says all of it': (server) => accepts(server.buyer),
  'the contract of staff is a valid schema, and printed says all of it': (server) => accepts(server.staff),
  async 'the default introspection query is answered'({ buyer }) {
    buildClientSchema(await buyer.ask(getIntrospectionQuery()));
  },
};
