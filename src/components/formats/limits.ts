import {Refusal} from "../image/refusal.js";

/** Largest file that is read, in bytes. */
export const MAX_BYTES = 20_000_000;

/** Largest picture that is decoded, in pixels: 25 megapixels take 100 MB as RGBA. */
export const MAX_PIXELS = 25_000_000;

/** @throws Refusal `too-large` when a file of `bytes` bytes exceeds {@link MAX_BYTES} */
export function checkBytes(bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  const size = (bytes / 1e6).toLocaleString("en", {maximumFractionDigits: 1});
  throw new Refusal(
    "too-large",
    `This file has ${size} MB; the limit is ${MAX_BYTES / 1e6} MB. Crop it to a single cell.`
  );
}

/** @throws Refusal `too-many-pixels` when the picture exceeds {@link MAX_PIXELS} */
export function checkPixels({width, height}: {width: number; height: number}): void {
  if (width * height <= MAX_PIXELS) return;
  const size = [width, height].map((n) => n.toLocaleString("en")).join(" × ");
  const limit = MAX_PIXELS / 1e6;
  throw new Refusal(
    "too-many-pixels",
    `This picture has ${size} pixels; the limit is ${limit} million. Crop it to a single cell.`
  );
}

/** Lets so much be held at once, of bytes or pixels. */
export interface Budget {
  /**
   * Runs a task that holds `amount` meanwhile, once there is room for it, in the order of asking. What exceeds the limit
   * by itself waits until nothing is held.
   * @returns settles as the task does
   */
  hold<T>(amount: number, task: () => Promise<T>): Promise<T>;
}

/** @param limit what may be held at once */
export function createBudget(limit: number): Budget {
  const waiting: {amount: number; enter: () => void}[] = [];
  let held = 0;
  const admit = () => {
    while (waiting[0] && (held === 0 || held + waiting[0].amount <= limit)) {
      const {amount, enter} = waiting.shift()!;
      held += amount;
      enter();
    }
  };
  return {
    async hold(amount, task) {
      await new Promise<void>((enter) => {
        waiting.push({amount, enter});
        admit();
      });
      try {
        return await task();
      } finally {
        held -= amount;
        admit();
      }
    }
  };
}

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
