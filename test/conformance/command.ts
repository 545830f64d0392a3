import { spawnSync } from 'node:child_process';

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Run a program to its end. */
export function run(program: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { ok: status === 0, stdout: stdout ?? '', stderr: stderr || String(error ?? '') };
}

/** Run a program that must succeed; its output. */
export function must(program: string, args: readonly string[]): string {
  const { ok, stdout, stderr } = run(program, args);
  if (!ok) throw new Error(`${program} failed: ${stderr.trim().split('\n').at(-1)}`);
  return stdout;
}

/** Whether a program is found. */
export const has = (program: string): boolean => run('which', [program]).ok;
