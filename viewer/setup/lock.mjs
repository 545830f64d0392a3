import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE, say } from './step.mjs';

const LOCK = path.join(CACHE, 'setup.lock');

/** @returns {boolean} whether the process that holds the lock still runs */
function ownerAlive() {
  try {
    process.kill(Number(fs.readFileSync(LOCK, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  try {
    fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Runs the task while no other setup of this clone runs: two terminals may start at the same time.
 * @param {() => void} task
 */
export async function withLock(task) {
  fs.mkdirSync(CACHE, { recursive: true });
  for (let told = false; !tryLock(); told = true) {
    if (!ownerAlive()) {
      fs.rmSync(LOCK, { force: true });
      continue;
    }
    if (!told) say('another setup is running here, waiting for it');
    await sleep(300);
  }
  try {
    task();
  } finally {
    fs.rmSync(LOCK, { force: true });
  }
}
