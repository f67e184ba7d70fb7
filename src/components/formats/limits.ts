import {Refusal} from "../image/refusal.js";

/** Largest file that is read, in bytes. */
export const MAX_BYTES = 20_000_000;

/** Largest picture that is decoded, in pixels: 25 megapixels take 100 MB as RGBA. */
export const MAX_PIXELS = 25_000_000;

/** What holds here, and what to do about what is larger. */
const limits = {bytes: MAX_BYTES, pixels: MAX_PIXELS, advice: "Crop it to a single cell."};

/** What holds for whole fields. */
export const FIELD_LIMITS = {
  bytes: 60_000_000,
  pixels: 48_000_000,
  advice: "Save it smaller, or cut it into several fields."
};

/** Has other limits hold from now on, for all that is read on this thread. */
export function setLimits(own: Partial<typeof limits>): void {
  Object.assign(limits, own);
}

/** @returns the largest picture that is decoded, in pixels */
export function mostPixels(): number {
  return limits.pixels;
}

/** @throws Refusal `too-large` when a file of `bytes` bytes exceeds the limit, {@link MAX_BYTES} at first */
export function checkBytes(bytes: number): void {
  if (bytes <= limits.bytes) return;
  const size = (bytes / 1e6).toLocaleString("en", {maximumFractionDigits: 1});
  throw new Refusal("too-large", `This file has ${size} MB; the limit is ${limits.bytes / 1e6} MB. ${limits.advice}`);
}

/** @throws Refusal `too-many-pixels` when the picture exceeds the limit, {@link MAX_PIXELS} at first */
export function checkPixels({width, height}: {width: number; height: number}): void {
  if (width * height <= limits.pixels) return;
  const size = [width, height].map((n) => n.toLocaleString("en")).join(" × ");
  const limit = limits.pixels / 1e6;
  throw new Refusal(
    "too-many-pixels",
    `This picture has ${size} pixels; the limit is ${limit} million. ${limits.advice}`
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
