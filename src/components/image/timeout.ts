/** Milliseconds for news that came while the thread was busy, and waits to be heard. */
const GRACE = 100;

/**
 * Settles as `promise` does, or rejects after `milliseconds`, whichever comes first; on a thread that was busy meanwhile,
 * what came in time but was not heard yet still counts. What `promise` stands for is not stopped.
 * @param reason makes the error to reject with
 */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number, reason: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => (timer = setTimeout(() => reject(reason()), GRACE)), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
