import path from 'node:path';
import { USAGE, UsageError, readOptions } from './options';
import { startViewer } from './server/server';

const SENTENCES: Readonly<Record<string, string>> = Object.freeze({
  EADDRINUSE:
    'the port is in use; stop the other program or take another port with `npm start -- --port N`.',
  EACCES: 'the port or the data folder may not be used by this account; take a port above 1023.',
});

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), path.resolve(import.meta.dirname, '..'));
  if (!options) {
    console.log(USAGE);
    return;
  }
  const viewer = await startViewer(options, (line) => console.log(line));
  console.log(`OHIF with the Vessels mode: ${viewer.url}  (Ctrl+C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void viewer.close().then(() => process.exit(0)));
}

main().catch((error: NodeJS.ErrnoException) => {
  const sentence = SENTENCES[error.code ?? ''] ?? error.message;
  console.error(`start: ${sentence}`);
  if (!(error instanceof UsageError) && !SENTENCES[error.code ?? '']) console.error(error.stack);
  process.exitCode = 1;
});
