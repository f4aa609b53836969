// graphql-codegen with its client preset, reading both contracts from the server; what it generates is compiled by tsc with everything strict.
import { runPackage, workspace } from './workspace.mjs';

/** The scalars as JSON has them; `strictScalars` fails the generation if one is missing. */
const scalars = {
  CurrencyCode: 'string',
  Date: 'string',
  DateTime: 'string',
  Decimal: { input: 'string | number', output: 'string' },
  Locale: 'string',
  Long: { input: 'string | number', output: 'number' },
  Quantity: 'number',
  URL: 'string',
};

const tsconfig = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
  },
  include: ['*.ts', 'generated'],
};

export const codegen = {
  'typed documents of both contracts compile': Object.assign(
    async (server) => {
      const generates = Object.fromEntries(['buyer', 'staff'].map((who) => [`generated/${who}/`, {
        schema: { [server[who].url]: { headers: server[who].headers } },
        documents: `${who}.ts`,
        preset: 'client',
        config: { scalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true },
      }]));
      const directory = await workspace(server.directory, 'codegen', { 'codegen.json': { generates }, 'tsconfig.json': tsconfig });

      await runPackage(directory, 'graphql-codegen', '--config', 'codegen.json');
      await runPackage(directory, 'tsc');
    },
    { seconds: 120 },
  ),
};
