import path from 'node:path';
import { USAGE, UsageError, readOptions } from './options';
import { foldersIn, startViewer } from './server/server';

const NO_FOLDER = '--data names something that is no folder and cannot become one.';

const SENTENCES: Readonly<Record<string, string>> = Object.freeze({
  EADDRINUSE:
    'the port is in use; stop the other program or take another port with `npm start -- --port N`.',
  EEXIST: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  ENOENT: 'the viewer or the build is not there; run `npm run setup` first.',
  EROFS: 'the data folder cannot be made on a read-only disk; name another with `--data FOLDER`.',
  EACCES: 'the port or the data folder may not be used by this account; take a port above 1023.',
});

async function main(): Promise<void> {
  const root = path.resolve(import.meta.dirname, '..');
  const options = readOptions(process.argv.slice(2), root);
  if (!options) {
    console.log(USAGE);
    return;
  }
  const viewer = await startViewer(foldersIn(root), options, (line) => console.log(line));
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
