// What the engine is compared with, behind node:http: graphql-js 17, or graphql-jit, which compiles queries for graphql-js 16 (it does not know how 17 keeps
// the defaults of arguments). Cached documents, no authentication, no limits.
// node contender.mjs PORT (graphql-js | graphql-jit) SCHEMA.graphql CATALOG.json
//   POST /graphql    {query, variables}                → the response
//   POST /time       {query, variables, milliseconds}  → nanoseconds of CPU a run in process, over so many milliseconds of CPU, response serialized, document cached
//   POST /documents  [document, …]                     → nanoseconds of parse + validate of each
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

const [port, engine, schemaFile, catalogFile] = process.argv.slice(2);
const { buildSchema, execute, parse, validate } = await import(engine === 'graphql-js' ? 'graphql-17' : 'graphql');
const catalog = JSON.parse(readFileSync(catalogFile, 'utf8'));
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

const at = (price, quantity) => {
  const reached = price.breaks.findLast((b) => b.minimumQuantity <= quantity);
  return reached === undefined ? price : { ...price, amount: reached.amount, minimumQuantity: reached.minimumQuantity };
};
const resolve = (type, field, resolver) => (schema.getType(type).getFields()[field].resolve = resolver);
resolve('Query', 'products', (_, { first }) => catalog.products.slice(0, first));
resolve('Product', 'variants', (product, { first }) => product.variants.slice(0, first));
resolve('Product', 'price', (product, { quantity }, caller) => at(caller.productPrices[product.index], quantity));
resolve('Variant', 'price', (variant, { quantity }, caller) => at(caller.variantPrices[variant.index], quantity));

const checked = (document) => {
  const parsed = parse(document);
  const errors = validate(schema, parsed);
  if (errors.length > 0) throw errors[0];
  return parsed;
};

const prepare = {
  'graphql-js': (query) => {
    const document = checked(query);
    return (variableValues) => execute({ schema, document, contextValue: catalog, variableValues });
  },
  'graphql-jit': (query) => {
    const compiled = compileQuery(schema, checked(query));
    if (!isCompiledQuery(compiled)) throw new Error(JSON.stringify(compiled));
    return (variableValues) => compiled.query(undefined, catalog, variableValues ?? {});
  },
}[engine];

const prepared = new Map();
const run = ({ query, variables }) => {
  let runQuery = prepared.get(query);
  if (runQuery === undefined) prepared.set(query, (runQuery = prepare(query)));
  return JSON.stringify(runQuery(variables));
};

const time = ({ milliseconds, ...request }) => {
  const start = process.cpuUsage();
  let used = 0;
  let runs = 0;
  while (used < 1000 * milliseconds) {
    for (let i = 0; i < 16; i++) run(request);
    runs += 16;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
  return JSON.stringify((1000 * used) / runs);
};

const timeDocuments = (documents) =>
  JSON.stringify(
    documents.map((document) => {
      const start = process.hrtime.bigint();
      checked(document);
      return Number(process.hrtime.bigint() - start);
    }),
  );

const routes = { '/graphql': run, '/time': time, '/documents': timeDocuments };
createServer((request, response) => {
  if (request.method === 'GET') return response.end();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let status = 200;
    let answer;
    try {
      answer = Buffer.from(routes[request.url](JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    } catch (error) {
      status = 500;
      answer = Buffer.from(String(error?.stack ?? error));
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length });
    response.end(answer);
  });
}).listen(Number(port), '127.0.0.1');
