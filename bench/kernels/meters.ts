import fs from 'node:fs';
import type { Meters } from './measure';

const STATUS = '/proc/self/status';
/** Writing 5 there sets the peak of the resident memory back to what is resident (Linux). */
const RESET = '/proc/self/clear_refs';

/** Processor time and memory of this process of Node. */
export const METERS: Meters = Object.freeze({
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  watchMemory: () => {
    const before = process.memoryUsage.rss() / 2 ** 20;
    if (!fs.existsSync(RESET)) return () => process.resourceUsage().maxRSS / 1024 - before;
    fs.writeFileSync(RESET, '5');
    return () =>
      Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(STATUS, 'utf8'))?.[1]) / 1024 - before;
  },
});
