import {describe, expect, test, vi} from "vitest";
import {fetchFile} from "../../../../src/components/engine/fetch-file.js";
import type {FetchFileOptions} from "../../../../src/components/engine/fetch-file.js";
import {sha256} from "../../../fixtures/tiny-model.js";

const content = Uint8Array.from({length: 400_000}, (_, n) => (n * 7 + (n >> 8)) % 256);
const file = {path: "weights.bin", bytes: content.length, sha256: sha256(content)};
const stop = 100_000;
const whole = "the whole file";

type Answer = (from: number) => Response;

/** A body that breaks after `bytes` of `all` from `from` on; unbroken without `bytes`. */
function body(from: number, bytes = Infinity, all = content): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream({
    pull(controller) {
      if (at - from >= bytes) return controller.error(new TypeError("network error"));
      if (at >= all.length) return controller.close();
      controller.enqueue(all.slice(at, (at += 50_000)));
    }
  });
}

const partial = (from: number, bytes?: number) =>
  new Response(body(from, bytes), {status: 206, headers: {"content-range": `bytes ${from}-399999/400000`}});

/** Fetches the file from answers that come one after another, and records from where each was asked for. */
async function run(answers: Answer[], options: Partial<FetchFileOptions> = {}, expected = file) {
  const asked: (number | null)[] = [];
  const caches: (RequestCache | undefined)[] = [];
  const onKept = vi.fn<(content: Blob) => void>();
  const fetch = async (_url: string, {headers, cache}: RequestInit) => {
    const range = /bytes=(\d+)-/.exec(new Headers(headers).get("range") ?? "")?.[1];
    asked.push(range === undefined ? null : Number(range));
    caches.push(cache);
    return answers[asked.length - 1]!(Number(range ?? 0));
  };
  const got = fetchFile("https://site.test/w", expected, {fetch, pauses: [1, 1, 1], onKept, ...options});
  const result = await got.then(
    (bytes) => (sha256(new Uint8Array(bytes)) === file.sha256 ? whole : "other bytes"),
    (error: Error) => error.message
  );
  return {result, asked, caches, kept: onKept.mock.lastCall![0]};
}

describe("fetchFile", () => {
  test("after a dropped connection asks for the rest only, as often as each attempt brings something", async () => {
    const dropping = (from: number) => partial(from, stop);
    const answers = [() => new Response(body(0, stop)), dropping, dropping, partial];
    const {result, asked, caches, kept} = await run(answers, {pauses: [1]});
    expect(result).toBe(whole);
    expect(asked).toEqual([null, stop, 2 * stop, 3 * stop]);
    expect(new Set(caches.slice(1))).toEqual(new Set(["reload"]));
    expect(kept.size).toBe(400_000);
  });

  test("starts over where the server has no ranges, answers another range, or refuses the range", async () => {
    const full = () => new Response(body(0));
    const broken = () => new Response(body(0, stop));
    const elsewhere = () => new Response(body(7), {status: 206, headers: {"content-range": "bytes 7-399999/400000"}});
    for (const [answers, ranges] of [
      [
        [broken, full],
        [null, stop]
      ],
      [
        [broken, elsewhere, full],
        [null, stop, null]
      ],
      [
        [broken, () => new Response(null, {status: 416}), full],
        [null, stop, null]
      ],
      [
        [broken, () => new Response(null, {status: 503}), partial],
        [null, stop, stop]
      ]
    ] as [Answer[], (number | null)[]][]) {
      const progress: number[] = [];
      const {result, asked} = await run(answers, {onBytes: (bytes) => progress.push(bytes)});
      expect(result).toBe(whole);
      expect(asked).toEqual(ranges);
      expect(progress.at(-1)).toBe(400_000);
    }
  });

  test("what was pieced together from two versions is not used, and is fetched as a whole", async () => {
    const other = content.map((value) => value ^ 1);
    const {result, asked} = await run([
      () => new Response(body(0, stop, other)),
      (from) => partial(from),
      () => new Response(body(0))
    ]);
    expect(result).toBe(whole);
    expect(asked).toEqual([null, stop, null]);
  });

  test("gives up after as many attempts in vain as there are pauses, and keeps what came", async () => {
    const dead = () => Promise.reject(new TypeError("Failed to fetch")) as unknown as Response;
    const {result, asked, kept} = await run([() => new Response(body(0, stop)), dead, dead, dead, dead]);
    expect(result).toContain("it goes on from there");
    expect(asked).toEqual([null, stop, stop, stop]);
    expect(kept.size).toBe(stop);
    const later = await run([partial], {kept});
    expect(later).toMatchObject({result: whole, asked: [stop]});
  });

  test("an endless file is cut off, and a file that is whole already costs no request", async () => {
    const endless = () =>
      new Response(new ReadableStream({pull: (controller) => controller.enqueue(new Uint8Array(100_000))}));
    const {result, kept} = await run([endless], {pauses: []});
    expect(result).toContain("not the published file");
    expect(kept.size).toBe(0);
    expect(await run([], {kept: new Blob([content])})).toMatchObject({result: whole, asked: []});
  });

  test("a connection that falls silent counts as dropped, before and after the headers", async () => {
    vi.useFakeTimers();
    try {
      const silent = () => new Promise(() => {}) as unknown as Response;
      const stalled = () => new Response(new ReadableStream({pull: () => new Promise(() => {})}));
      const running = run([silent, stalled, () => new Response(body(0))]);
      await vi.advanceTimersByTimeAsync(61_000);
      vi.useRealTimers();
      expect(await running).toMatchObject({result: whole, asked: [null, null, null]});
    } finally {
      vi.useRealTimers();
    }
  });

  test("ends when it is told to, and is not tried again", async () => {
    const ended = new AbortController();
    const running = run([() => new Response(body(0, stop))], {pauses: [60_000], signal: ended.signal});
    setTimeout(() => ended.abort(), 20);
    expect(await running).toMatchObject({result: "The download was ended.", asked: [null]});
  });
});
