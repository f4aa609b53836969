// The audits of GraphQL over HTTP by its reference implementation, one line each: node audits.mjs URL
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  const reason = result.status === 'ok' ? '' : `: ${result.reason}`;
  console.log(`${result.status} ${audit.id} ${audit.name}${reason}`);
}
