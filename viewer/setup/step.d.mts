/** A step that failed; the message is one sentence for the person at the terminal. */
export class StepError extends Error {}

/** What went wrong, as the end of a sentence, told from the output of a command or the message of an error. */
export function reasonOf(output: string): string;

/** Runs a command and gives its standard output. @throws StepError when it fails */
export function run(what: string, command: string, args: string[], options?: object): string;

/** @throws StepError when this Node is older */
export function requireNode(major: number, minor: number): void;
