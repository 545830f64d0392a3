/** What a status of STOW-RS says to a user (PS3.18 table 10.5.3-1; RFC 9110). */
const STATUS: Readonly<Record<number, string>> = Object.freeze({
  400: 'it cannot read the request',
  401: 'it asks to sign in again',
  403: 'you may not store there',
  404: 'it takes no objects at this address',
  409: 'the object conflicts with what it holds, or it does not take this kind of object',
  413: 'the object is too large for it',
  415: 'it does not take this format',
  500: 'it failed',
  502: 'the gateway in front of it got no answer',
  503: 'it is busy',
  504: 'the gateway in front of it waited too long',
  507: 'its storage is full',
});

/** A range of Failure Reason (0008,1197) and what it says to a user (PS3.18 table I.2-2). */
interface FailureRange {
  readonly from: number;
  readonly to: number;
  readonly meaning: string;
}

/** The first range that holds a reason counts. */
const FAILURE: readonly FailureRange[] = Object.freeze([
  { from: 0x0110, to: 0x0110, meaning: 'it failed' },
  { from: 0x0111, to: 0x0111, meaning: 'it holds an object of this UID already' },
  { from: 0x0122, to: 0x0122, meaning: 'it does not take this kind of object' },
  { from: 0x0124, to: 0x0124, meaning: 'you may not store there' },
  { from: 0xa700, to: 0xa7ff, meaning: 'it is out of resources' },
  { from: 0xa900, to: 0xa9ff, meaning: 'the object does not match its SOP class' },
  { from: 0xc122, to: 0xc122, meaning: 'it does not take this transfer syntax' },
  { from: 0xc000, to: 0xcfff, meaning: 'it cannot understand the object' },
]);

/** Longest text of a server that stands in a sentence. */
const MOST_TEXT = 160;

/** The parts of an XMLHttpRequest that tell how storing went. */
export type StowAnswer = Pick<XMLHttpRequest, 'status' | 'response'>;

/** Why a server did not take an object, to stand in brackets: its status, what that means, and its own words. */
export function refusalReason({ status, response }: StowAnswer): string {
  const meaning = STATUS[status] && `: ${STATUS[status]}`;
  const words = wordsOf(response);
  return `status ${status}${meaning ?? ''}${words && `; “${words}”`}`;
}

/**
 * Why a server did not take an object although its status is one of success: 200 and 202 may still name the object
 * under Failed SOP Sequence (0008,1198) with a Failure Reason (0008,1197), PS3.18 10.5.3.
 */
export function failureReason({ status, response }: StowAnswer): string | undefined {
  const failed = jsonOf(response)?.['00081198']?.Value?.[0];
  if (!failed) return undefined;
  const reason = failed['00081197']?.Value?.[0];
  if (reason === undefined) return `status ${status}`;
  const range = FAILURE.find(({ from, to }) => reason >= from && reason <= to);
  return `status ${status}, failure reason ${reason}${range ? `: ${range.meaning}` : ''}`;
}

/** The little that is asked of an answer. */
interface Answer {
  readonly '00081198'?: { readonly Value?: readonly FailedItem[] };
  readonly [key: string]: unknown;
}

interface FailedItem {
  readonly '00081197'?: { readonly Value?: readonly number[] };
}

function jsonOf(response: unknown): Answer | undefined {
  try {
    const answer: unknown = typeof response === 'string' ? JSON.parse(response) : response;
    return answer !== null && typeof answer === 'object' ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}

/** Under which names servers put their reason. */
const MESSAGES: readonly string[] = Object.freeze([
  'Details',
  'Message',
  'message',
  'errorMessage',
  'error',
]);

/** What the server says itself: plain text, or a message in its JSON; no page of HTML. */
function wordsOf(response: unknown): string {
  const json = jsonOf(response);
  const message = json
    ? MESSAGES.map((name) => json[name]).find((value) => typeof value === 'string' && value)
    : response;
  if (typeof message !== 'string' || /^\s*</.test(message)) return '';
  return message.trim().split('\n', 1)[0]!.slice(0, MOST_TEXT).replace(/\.$/, '');
}
