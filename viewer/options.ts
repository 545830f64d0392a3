import path from 'node:path';
import { parseArgs } from 'node:util';

/** How the local viewer is served. */
export interface ViewerOptions {
  /** Port on 127.0.0.1; 0 takes any free one. */
  readonly port: number;
  /** Whether the port was asked for: then a taken port is an error, else the next free one serves. */
  readonly portAsked: boolean;
  /** Path of the viewer on its host, with a slash at both ends. */
  readonly base: string;
  /** Send COOP and COEP, so that the page is cross-origin isolated and WebAssembly threads work. */
  readonly isolate: boolean;
  /** Folder of the embedded DICOMweb server; all .dcm files below it are served. */
  readonly data: string;
  /** Root of the DICOMweb services of a PACS, e.g. http://127.0.0.1:8042/dicom-web; absent: none. */
  readonly pacs?: URL;
}

export const USAGE = `npm start -- [options]
  --port N           port on 127.0.0.1 (3000, or the next free one)
  --host-path /path  serve below this path, as behind a reverse proxy (/)
  --no-isolate       leave out the COOP and COEP headers: no WebAssembly threads
  --data FOLDER      DICOM files of the embedded server; stored objects go to FOLDER/stored (.data)
  --pacs URL         offer a PACS too, by the root of its DICOMweb services
                     (Orthanc: http://127.0.0.1:8042/dicom-web; user:password@ before the host if it asks)
  --help             this text`;

/** A command line that cannot be used; the message is one sentence. */
export class UsageError extends Error {}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
  return port;
}

function baseOf(text: string): string {
  const segments = text.split('/').filter(Boolean);
  if (segments.some((segment) => !/^[\w.~-]+$/.test(segment) || /^\.+$/.test(segment)))
    throw new UsageError(
      `--host-path takes letters, digits, "-", "_", "." and "/", not "${text}".`,
    );
  return segments.length ? `/${segments.join('/')}/` : '/';
}

function pacsOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(
      `--pacs takes an http or https address such as http://127.0.0.1:8042/dicom-web, not "${text}".`,
    );
  return new URL(text);
}

/**
 * Reads the command line of `npm start`.
 * @param args what follows the name of the script
 * @param root folder against which --data is resolved
 * @returns the options, or undefined when help was asked for
 * @throws UsageError when an option is unknown or its value cannot be used
 */
export function readOptions(args: readonly string[], root: string): ViewerOptions | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  return {
    port: portOf(values.port ?? '3000'),
    portAsked: values.port !== undefined,
    base: baseOf(values['host-path']),
    isolate: values.isolate && !values['no-isolate'],
    data: path.resolve(root, values.data),
    ...(values.pacs !== undefined && { pacs: pacsOf(values.pacs) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'host-path': { type: 'string', default: '/' },
        isolate: { type: 'boolean', default: true },
        'no-isolate': { type: 'boolean', default: false },
        data: { type: 'string', default: '.data' },
        pacs: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; --help lists the options.`);
  }
}
