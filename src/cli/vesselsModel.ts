import { InputError } from '../volume/errors';
import { importNnunet, IMPORT_HELP } from './importNnunet';

const HELP = `Usage: vessels-model COMMAND

Commands:
  import-nnunet   make a model of the viewer from an nnU-Net v2

vessels-model COMMAND --help tells the options.
`;

type Command = (args: readonly string[]) => Promise<void>;

const COMMANDS: Readonly<Record<string, { readonly run: Command; readonly help: string }>> =
  Object.freeze({ 'import-nnunet': { run: importNnunet, help: IMPORT_HELP } });

/**
 * The command `vessels-model`.
 *
 * @returns the exit code: 0, or 1 after one sentence on standard error
 */
export async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (!command || args.includes('--help')) {
    process.stdout.write(command?.help ?? HELP);
    return command || name === undefined || name === '--help' ? 0 : 1;
  }
  try {
    await command.run(args);
    return 0;
  } catch (error) {
    if (!isToldInASentence(error)) throw error;
    process.stderr.write(`vessels-model: ${error.message}\n`);
    return 1;
  }
}

/** Ours; those of the system (a file that is missing); those of parseArgs. */
const isToldInASentence = (error: unknown): error is Error =>
  error instanceof InputError || (error instanceof Error && 'code' in error);
