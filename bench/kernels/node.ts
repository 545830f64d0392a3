import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { KernelCase } from './cases/files';
import type { Job } from './child';
import type { Measured } from './measure';
import type { OperationName } from './operations';

const CHILD = path.resolve(import.meta.dirname, '../dist/kernels-node/child.mjs');

/** One operation of ours in a process of its own. @throws Error with what the process wrote */
export function measureInNode(
  operation: OperationName,
  { dims, spacing, mask, prediction }: KernelCase,
  repeats: number,
): Measured {
  const job: Job = { operation, dims, spacing, mask, prediction, repeats };
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHILD, JSON.stringify(job)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${operation}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
