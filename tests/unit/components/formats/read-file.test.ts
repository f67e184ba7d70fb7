import {createHash} from "node:crypto";
import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {MAX_BYTES} from "../../../../src/components/formats/limits.js";
import {readFile} from "../../../../src/components/formats/read-file.js";
import type {Refusal} from "../../../../src/components/image/refusal.js";

test("gives the bytes and their sha256, of a file of several pieces too", async () => {
  const whole = Uint8Array.from({length: 2_500_001}, (_, n) => n % 251);
  const {bytes, sha256} = await readFile(new Blob([whole]));
  expect(Buffer.compare(bytes, whole)).toBe(0);
  expect(sha256).toBe(createHash("sha256").update(whole).digest("hex"));
  expect((await readFile(new Blob([]))).bytes.length).toBe(0);
});

test("a file that is too large is refused unread, one that is gone with what to do", async () => {
  const read = vi.fn();
  const large = {size: MAX_BYTES + 1, arrayBuffer: read, slice: read} as unknown as Blob;
  await expect(readFile(large)).rejects.toMatchObject({code: "too-large"});
  expect(read).not.toHaveBeenCalled();
  const gone = {size: 5, arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError"))} as unknown as Blob;
  await expect(readFile(gone)).rejects.toMatchObject({code: "unreadable", message: /Choose the picture again/});
});

describe("a drive that does not answer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const hung = () => ({size: MAX_BYTES, slice: () => ({arrayBuffer: () => new Promise(() => {})})}) as unknown as Blob;

  test("lets the files behind it pass, and is told as that", async () => {
    const onWait = vi.fn();
    let isRefused = false;
    const refused = readFile(hung(), onWait).catch((refusal: Refusal) => {
      isRefused = true;
      return refusal;
    });
    const next = readFile(new Blob(["next"]));
    expect(onWait).not.toHaveBeenCalled();
    await vi.advanceTimersToNextTimerAsync();
    expect(onWait).toHaveBeenCalledTimes(1);
    expect((await next).bytes.length).toBe(4);
    expect(isRefused).toBe(false);
    await vi.runAllTimersAsync();
    expect(await refused).toMatchObject({
      code: "unreadable",
      message: expect.stringContaining("the drive or network folder on which it lies does not answer")
    });
  });

  test("is waited for as long as something comes", async () => {
    let left = 20;
    const piece = () =>
      new Promise<ArrayBuffer>((resolve) => setTimeout(() => resolve(new ArrayBuffer((left -= 1) && 1)), 10_000));
    const slow = {size: MAX_BYTES, slice: () => ({arrayBuffer: piece})} as unknown as Blob;
    const read = readFile(slow);
    await vi.runAllTimersAsync();
    expect((await read).bytes.length).toBe(19);
  });
});
