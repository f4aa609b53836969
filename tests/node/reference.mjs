// The reference implementation as one child process for a whole run. Each line of stdin is a schema with documents, each line of stdout their
// answers in the same order. The data is the function that tests/Wholesale.GraphQL.Tests/Differential/GeneratedData.cs describes, written a second time.
import { createInterface } from 'node:readline';
import {
  buildASTSchema, buildSchema, execute, GraphQLError, isAbstractType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType,
  Kind, parse, recommendedRules, specifiedRules, validate, visit,
} from 'graphql';

// What is recommended and what belongs to @defer and @stream is no part of the specification.
const rules = specifiedRules
  .filter((rule) => !recommendedRules.includes(rule) && !/^(Defer|Stream)/.test(rule.name))
  .map(labelled);

/** The same rule, whose errors say which rule found them. */
function labelled(rule) {
  return (context) => rule(Object.create(context, {
    reportError: {
      value: (error) => {
        error.rule = rule.name;
        context.reportError(error);
      },
    },
  }));
}

class Random {
  constructor(key) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < key.length; i++) {
      hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    }

    this.state = hash >>> 0;
  }

  /** Less than the bound. */
  next(bound) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  }
}

const ints = [2147483647, -2147483648, 0, 2147483648];
const floats = [0.1, 1e21, 1e-7, 123456789.123, 5e-324, 1.7976931348623157e308, -0, 1 / 3, 100, NaN];
const strings = ['', 'a"b\\c', '\n\r\t\b\f', '\u0000\u001f\u007f', 'Größe', '日本語', '😀', '\u2028\u2029', '</script>', 'x'.repeat(300)];

/** One value of a type; positions of a list one after the other. */
function valueOf(type, random, schema) {
  if (isNonNullType(type)) {
    return random.next(30) === 0 ? null : presentValueOf(type.ofType, random, schema);
  }

  return random.next(8) === 0 ? null : presentValueOf(type, random, schema);
}

function presentValueOf(type, random, schema) {
  if (isListType(type)) {
    return Array.from({ length: random.next(4) }, () => valueOf(type.ofType, random, schema));
  }

  if (isObjectType(type)) {
    return { __typename: type.name, id: String(random.next(100000)) };
  }

  if (isAbstractType(type)) {
    const names = schema.getPossibleTypes(type).map((t) => t.name).sort();
    const isStray = random.next(40) === 0;
    const name = names[random.next(names.length)];
    return { __typename: isStray ? 'Stray' : name, id: String(random.next(100000)) };
  }

  const special = random.next(40);
  const number = random.next(2001) - 1000;
  if (isEnumType(type)) {
    const values = type.getValues();
    return special === 0 ? 'NO_SUCH_VALUE' : values[(number + 1000) % values.length].name;
  }

  switch (type.name) {
    case 'Int':
      return special < ints.length ? ints[special] : number;
    case 'Float':
      return special < floats.length ? floats[special] : number / 64;
    case 'String':
      return special < strings.length ? strings[special] : `s${number}`;
    case 'ID':
      return `${number}`;
    case 'Boolean':
      return number % 2 === 0;
    case 'Even':
      return special === 0 ? 1 : number * 2;
    case 'Tag':
      return special === 0 ? 'no tag' : `#${number}`;
    default:
      throw new Error(`There are no values of ${type.name}.`);
  }
}

/** A coerced argument as text that both sides write alike. */
function canonical(value, type) {
  if (value === null) {
    return 'n';
  }

  if (isNonNullType(type)) {
    return canonical(value, type.ofType);
  }

  if (isListType(type)) {
    return `[${value.map((item) => canonical(item, type.ofType)).join(',')}]`;
  }

  if (isInputObjectType(type)) {
    return `{${canonicalFields(value, Object.values(type.getFields()))}}`;
  }

  switch (type.name) {
    case 'Boolean':
      return value ? 't' : 'f';
    case 'Int':
    case 'Even':
      return `i${value + 0}`;
    case 'Float': {
      const bits = new DataView(new ArrayBuffer(8));
      bits.setFloat64(0, value);
      return `d${bits.getBigUint64(0).toString(16)}`;
    }
    default:
      return `s${value.length}:${value}`;
  }
}

function canonicalFields(values, definitions) {
  return definitions
    .filter((definition) => values[definition.name] !== undefined)
    .map((definition) => `${definition.name}=${canonical(values[definition.name], definition.type)};`)
    .join('');
}

/** Answers a field from its coordinate, arguments and parent. */
function resolverOf(coordinate, field, isRoot, seed, schema, complete) {
  if (field.name === 'id' && !isRoot) {
    return (source) => source.id;
  }

  return (source, args) => {
    const batch = `${seed}|${coordinate}|${canonicalFields(args, field.args)}`;
    if (new Random(batch).next(60) === 0) {
      throw new GraphQLError('All fail.');
    }

    const random = new Random(`${batch}|${isRoot ? '' : source.id}`);
    if (random.next(25) === 0) {
      throw new GraphQLError('One fails.');
    }

    return complete(valueOf(field.type, random, schema), field.type);
  };
}

/** A null where the type excludes it, as the error that it is: so that in a schema without non-null types each one is reported. */
function nullsAsErrors(value, type) {
  if (isNonNullType(type)) {
    return value === null ? new GraphQLError('Cannot return null.') : nullsAsErrors(value, type.ofType);
  }

  return isListType(type) && value !== null ? value.map((item) => nullsAsErrors(item, type.ofType)) : value;
}

function scalar(schema, name, accepts, ofLiteral) {
  const type = schema.getType(name);
  if (!type) {
    return;
  }

  const coerce = (value) => {
    if (!accepts(value)) {
      throw new GraphQLError(`${name} cannot represent value.`);
    }

    return value;
  };
  type.coerceOutputValue = coerce;
  type.coerceInputValue = coerce;
  type.coerceInputLiteral = (node) => {
    const value = ofLiteral(node);
    if (!accepts(value)) {
      throw new GraphQLError(`${name} cannot represent value.`, { nodes: node });
    }

    return value;
  };
}

function withScalars(schema) {
  scalar(schema, 'Even', (value) => Number.isInteger(value) && value % 2 === 0 && Math.abs(value) < 2 ** 40,
    (node) => (node.kind === Kind.INT ? Number(node.value) : undefined));
  scalar(schema, 'Tag', (value) => typeof value === 'string' && value.startsWith('#'),
    (node) => (node.kind === Kind.STRING ? node.value : undefined));
  return schema;
}

function withResolvers(schema, original, seed, complete) {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) {
      for (const field of Object.values(type.getFields())) {
        const definition = original.getType(type.name).getFields()[field.name];
        field.resolve = resolverOf(`${type.name}.${field.name}`, definition, roots.includes(type), seed, original, complete);
      }
    }
  }

  return schema;
}

/** The schema, and the same with nullable fields only, in which no failure hides another. */
function schemasOf(sdl, seed) {
  const schema = withScalars(buildSchema(sdl));
  withResolvers(schema, schema, seed, (value) => value);
  let nullable;
  return {
    schema,
    get nullable() {
      return nullable ??= withResolvers(withScalars(buildASTSchema(withNullableFields(parse(sdl)))), schema, seed, nullsAsErrors);
    },
  };
}

function withNullableFields(document) {
  const nullable = (type) => {
    switch (type.kind) {
      case Kind.NON_NULL_TYPE:
        return nullable(type.type);
      case Kind.LIST_TYPE:
        return { ...type, type: nullable(type.type) };
      default:
        return type;
    }
  };
  return visit(document, { FieldDefinition: (field) => ({ ...field, type: nullable(field.type) }) });
}

/** A document's verdict, with data as it would be sent and errors as far as they are compared; the rest is for people. */
function answer(schemas, { query, operationName, variables }) {
  let document;
  try {
    // The grammar demands a selection; the reference takes none unless it is told.
    document = parse(query, { allowEmptySelectionSets: false });
  } catch (error) {
    return { verdict: 'syntax', errors: [shown(error)] };
  }

  const errors = validate(schemas.schema, document, rules, { maxErrors: Infinity, hideSuggestions: true, allowEmptySelectionSets: false });
  if (errors.length > 0) {
    return { verdict: 'invalid', errors: errors.map(shown) };
  }

  const operations = document.definitions.filter(
    (d) => d.kind === Kind.OPERATION_DEFINITION && (operationName == null || d.name?.value === operationName));
  if (operations.length === 1 && operations[0].operation === 'subscription') {
    return { verdict: 'valid', errors: [] };
  }

  const request = { document, operationName, variableValues: variables, hideSuggestions: true };
  const result = execute({ schema: schemas.schema, ...request });
  if (result.data === undefined) {
    return { verdict: 'refused', errors: result.errors.map(shown) };
  }

  const executed = { verdict: 'executed', errors: (result.errors ?? []).map(shown), data: result.data };
  if (executed.errors.length > 0) {
    executed.failures = execute({ schema: schemas.nullable, ...request }).errors.map(shown);
  }

  return executed;
}

const shown = (error) => ({ rule: error.rule, message: error.message, path: error.path, locations: error.locations ?? [] });

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { sdl, seed, requests } = JSON.parse(line);
  const schemas = schemasOf(sdl, seed);
  process.stdout.write(`${JSON.stringify(requests.map((request) => answer(schemas, request)))}\n`);
}
