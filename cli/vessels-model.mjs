#!/usr/bin/env node
/** `npx vessels-model …` in a clone: the sources run as they are, nothing has to be built. */
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli/vesselsModel.ts');
process.exitCode = await main(process.argv.slice(2));
