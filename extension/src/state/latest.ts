/**
 * Calls that come faster than they are answered: while one runs, only the newest waits.
 *
 * @param call answers one argument
 * @returns a function that may be called at any pace; it resolves when nothing waits any more
 */
export function latest<T>(call: (argument: T) => Promise<void>): (argument: T) => Promise<void> {
  let waiting: { argument: T } | undefined;
  let running: Promise<void> | undefined;
  const drain = async () => {
    try {
      while (waiting) {
        const { argument } = waiting;
        waiting = undefined;
        await call(argument);
      }
    } finally {
      running = undefined;
    }
  };
  return (argument) => {
    waiting = { argument };
    return (running ??= drain());
  };
}
