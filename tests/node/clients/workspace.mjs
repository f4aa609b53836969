import { execFile } from 'node:child_process';
import { cp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A folder for what a compiler reads and writes: a copy of the sources, the project's packages, and the files given, objects as JSON. */
export async function workspace(parent, sources, files) {
  const directory = join(parent, sources.replace('/', '-'));
  await cp(here(sources), directory, { recursive: true });
  await symlink(here('../node_modules'), join(directory, 'node_modules'), 'junction');
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

/** Runs a program of the project's packages in a folder, and fails with what it printed. */
export async function runPackage(directory, program, ...args) {
  try {
    await run(join(directory, 'node_modules', '.bin', program), args, { cwd: directory, timeout: 60_000, killSignal: 'SIGKILL' });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`);
  }
}
