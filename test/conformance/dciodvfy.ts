import { run } from './command';

/** Errors that dciodvfy finds in a file; it prints them, and the IOD, to its error output. */
export const validate = (file: string): string[] =>
  run('dciodvfy', ['-new', file])
    .stderr.split('\n')
    .filter((line) => line.startsWith('Error'));

/** The 2022 build in Debian 12 does not know label maps and then checks nothing of the object's own. */
export const UNKNOWN_OBJECT = 'Error - Information Object Not found';
