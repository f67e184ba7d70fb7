/**
 * Settles as `promise` does, or rejects after `milliseconds`, whichever comes first. What `promise` stands for is not
 * stopped.
 * @param reason makes the error to reject with
 */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number, reason: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(reason()), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
