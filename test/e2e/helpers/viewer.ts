import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './paths';

export interface Viewer {
  /** Address of the viewer with a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the local viewer as a user does, on a free port, and waits for the address that it prints.
 * @param args options of `npm start`, e.g. ['--data', folder]
 */
export function startViewer(args: readonly string[]): Promise<Viewer> {
  const tsx = path.join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const child = spawn(process.execPath, [tsx, 'viewer/start.ts', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`The viewer ended with ${code} before it served:\n${output}`));
    child.once('exit', ended);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(output)?.[0];
      if (!url) return;
      child.off('exit', ended);
      resolve({
        url: url.endsWith('/') ? url : `${url}/`,
        close: () =>
          new Promise((done) => {
            child.once('exit', () => done());
            child.kill('SIGTERM');
          }),
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
}
