/**
 * An input that cannot be used: one sentence that says what is wrong, where (tag, file or segment), and what
 * to do. The message is shown to the user as it is and holds no patient data.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  /** @param code stable name of the reason, for translation and tests, e.g. `series.missing-slices` */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The user cancelled the run. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('The run was cancelled; nothing was changed.');
  }
}
