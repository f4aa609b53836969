// Real clients against a running server, one line a check: node clients.mjs URL BUYER_KEY STAFF_KEY
import { rmSync } from 'node:fs';
import { inspect } from 'node:util';
import { apollo } from './clients/apollo.mjs';
import { codegen } from './clients/codegen.mjs';
import { reference } from './clients/reference.mjs';
import { relay } from './clients/relay.mjs';
import { Server } from './clients/server.mjs';
import { eventStream, socket } from './clients/streams.mjs';
import { urql } from './clients/urql.mjs';

const [url, buyerKey, staffKey] = process.argv.slice(2);
if (!staffKey) {
  console.error('usage: node clients.mjs URL BUYER_KEY STAFF_KEY');
  process.exit(2);
}

const server = new Server(url, buyerKey, staffKey);
process.on('exit', () => rmSync(server.directory, { recursive: true, force: true }));
// What compiles does so in programs of its own, beside the rest.
const lanes = [{ reference, 'graphql-ws': socket, 'graphql-sse': eventStream, apollo, urql }, { codegen }, { relay }];
const outcomes = await Promise.all(lanes.map(inTurn));
// A client that did not let go of its connections keeps nobody waiting.
process.exit(outcomes.every((ok) => ok) ? 0 : 1);

async function inTurn(groups) {
  let ok = true;
  for (const [group, checks] of Object.entries(groups)) {
    for (const [name, check] of Object.entries(checks)) {
      ok = (await outcome(`${group}: ${name}`, check)) && ok;
    }
  }
  return ok;
}

async function outcome(name, check) {
  const seconds = check.seconds ?? 20;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([check(server), late]);
    console.log(`ok ${name}`);
    return true;
  } catch (error) {
    console.log(`failed ${name}: ${reason(error)}`);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function reason(error) {
  return String(error?.stack ?? error?.message ?? inspect(error)).replaceAll(/\s*\n\s*/g, ' | ');
}
