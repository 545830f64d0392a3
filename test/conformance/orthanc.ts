import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Where Debian's package orthanc-dicomweb puts it. */
export const DICOMWEB_PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** Ports on which the run may open its server. */
const PORTS = Array.from({ length: 90 }, (_, i) => 8110 + i);
const START_SECONDS = 30;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The body of a multipart answer with one part. */
function onePart(body: Buffer, contentType: string): Buffer {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  const start = body.indexOf('\r\n\r\n') + 4;
  const end = body.lastIndexOf(`\r\n--${boundary}`);
  if (!boundary || start < 4 || end < start) throw new Error('no multipart answer');
  return body.subarray(start, end);
}

/** An Orthanc of our own: loopback, temporary database. */
export class Orthanc {
  private constructor(
    private readonly process: ChildProcess,
    /** Of its DICOMweb services, without a slash at the end. */
    readonly root: string,
  ) {}

  /** @param folder for its database and configuration */
  static async start(folder: string, plugin: string = DICOMWEB_PLUGIN): Promise<Orthanc> {
    let port: number | undefined;
    for (const candidate of PORTS)
      if (await isFree(candidate)) {
        port = candidate;
        break;
      }
    const configuration = path.join(folder, 'orthanc.json');
    fs.writeFileSync(
      configuration,
      JSON.stringify({
        Name: 'conformance',
        StorageDirectory: path.join(folder, 'storage'),
        IndexDirectory: path.join(folder, 'index'),
        HttpPort: port,
        // a validator may keep us longer than the server keeps a connection
        KeepAlive: false,
        DicomServerEnabled: false,
        RemoteAccessAllowed: false,
        AuthenticationEnabled: false,
        Plugins: [plugin],
      }),
    );
    const server = spawn('Orthanc', [configuration], { stdio: 'ignore' });
    const root = `http://127.0.0.1:${port}/dicom-web`;
    for (let waited = 0; waited < START_SECONDS; waited += 0.25) {
      const ready = await fetch(`${root}/studies?limit=1`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return new Orthanc(server, root);
      await sleep(250);
    }
    server.kill();
    throw new Error(`Orthanc did not start within ${START_SECONDS} s`);
  }

  /** End the server; its folder may be removed then. */
  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
  }

  /** Store a file with STOW-RS. */
  async store(bytes: ArrayBuffer): Promise<void> {
    const boundary = 'conformance-boundary';
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      Buffer.from(bytes),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const answer = await fetch(`${this.root}/studies`, {
      method: 'POST',
      headers: {
        'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
        Accept: 'application/dicom+json',
      },
      body,
    });
    if (!answer.ok) throw new Error(`STOW answers ${answer.status}`);
    const { '00081198': failed } = (await answer.json()) as Record<string, { Value?: object[] }>;
    if (failed?.Value?.length) throw new Error(`STOW fails: ${JSON.stringify(failed.Value[0])}`);
  }

  /** One part of an answer of WADO-RS. @param resource path below the DICOMweb root */
  async retrieve(resource: string, type: string): Promise<Buffer> {
    const answer = await fetch(`${this.root}/${resource}`, {
      headers: { Accept: `multipart/related; type="${type}"; transfer-syntax=*` },
    });
    if (!answer.ok) throw new Error(`WADO answers ${answer.status} for ${resource}`);
    const body = Buffer.from(await answer.arrayBuffer());
    return onePart(body, answer.headers.get('content-type') ?? '');
  }
}
