import {createHash} from "node:crypto";
import {existsSync, statSync} from "node:fs";
import {readFile, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {IncomingMessage, ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {download} from "../../../../src/data/pack/download.js";
import {UserError} from "../../../../src/data/pack/problem.js";
import {temporaryFolder} from "./support.js";

const content = Buffer.from(Uint8Array.from({length: 300_000}, (_, i) => (i * i) >> 7));
const sha256 = createHash("sha256").update(content).digest("hex");

type Handler = (response: ServerResponse, start: number, request: IncomingMessage) => void;

/** Serves on loopback, one handler a request (the last one again and again); returns its URL and the ranges asked for. */
async function serve(...handlers: Handler[]) {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const handler = handlers[Math.min(ranges.length, handlers.length - 1)]!;
    ranges.push(request.headers.range);
    handler(response, Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0), request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cells.zip`, ranges};
}

const head = (response: ServerResponse, start: number) =>
  start
    ? response.writeHead(206, {
        "content-length": content.length - start,
        "content-range": `bytes ${start}-${content.length - 1}/${content.length}`
      })
    : response.writeHead(200, {"content-length": content.length});
const whole: Handler = (response, start) => head(response, start).end(content.subarray(start));
const ignoringRange: Handler = (response) => head(response, 0).end(content);
/** Sends so many bytes, and ends the connection when they lie in the file's part. */
const dropAfter =
  (bytes: number): Handler =>
  (response, start) => {
    head(response, start).write(content.subarray(start, start + bytes));
    const kept = () => expect(statSync(`${file}.part`).size).toBe(start + bytes);
    void vi.waitFor(kept, {timeout: 60_000, interval: 5}).finally(() => response.destroy());
  };
const status =
  (code: number, headers = {}): Handler =>
  (response) =>
    response.writeHead(code, headers).end();

let file: string;
const target = () => {
  file = join(temporaryFolder(), "cache", "cells.zip");
  return {file, sha256, pause: 1};
};
const failure = (promise: Promise<void>) =>
  promise.then(
    () => expect.fail("no error"),
    (error: unknown) => error as Error
  );

describe("download", () => {
  it("fetches, checks and names the file, and does not fetch it again", async () => {
    const {url, ranges} = await serve(whole);
    const options = {url, ...target()};
    await download(options);
    await download(options);
    expect((await readFile(options.file)).equals(content)).toBe(true);
    expect(existsSync(`${options.file}.part`)).toBe(false);
    expect(ranges).toEqual([undefined]);
  });

  it("goes on where a dropped connection left it, however often", async () => {
    const {url, ranges} = await serve(dropAfter(100_000), status(503), dropAfter(50_000), dropAfter(50_000), whole);
    const options = {url, ...target(), attempts: 2};
    await download(options);
    expect((await readFile(options.file)).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, "bytes=100000-", "bytes=100000-", "bytes=150000-", "bytes=200000-"]);
  });

  it("goes on where an earlier run left it, and shows progress from there", async () => {
    const {url, ranges} = await serve(whole);
    const options = {url, ...target()};
    await download({...options, url: (await serve(dropAfter(120_000), status(500))).url, attempts: 1}).catch(() => {});
    const shown: number[] = [];
    await download({
      ...options,
      startProgress: (_, total, done = 0) => {
        shown.push(total, done);
        return {advance: (by = 1) => shown.push((shown.pop() ?? 0) + by), stop: () => {}};
      }
    });
    expect(ranges).toEqual(["bytes=120000-"]);
    expect(shown[0]).toBeCloseTo(0.3, 9);
    expect(shown[1]).toBeCloseTo(0.3, 9);
    expect((await readFile(options.file)).equals(content)).toBe(true);
  });

  it("starts again when the server knows no ranges", async () => {
    const {url} = await serve(dropAfter(100_000), ignoringRange);
    const options = {url, ...target()};
    await download(options);
    expect((await readFile(options.file)).equals(content)).toBe(true);
  });

  it("takes a partial file that is already complete, and drops one that is too long", async () => {
    const refuse = status(416, {"content-range": `bytes */${content.length}`});
    for (const [part, handlers] of [
      [content, [refuse]],
      [Buffer.concat([content, content]), [refuse, whole]]
    ] as const) {
      const {url} = await serve(...handlers);
      const file = join(temporaryFolder(), "cells.zip");
      await writeFile(`${file}.part`, part);
      await download({url, ...target(), file});
      expect((await readFile(file)).equals(content)).toBe(true);
    }
  });

  it("removes a file with another hash", async () => {
    const {url} = await serve(whole);
    const options = {url, ...target(), sha256: "0".repeat(64)};
    const error = await failure(download(options));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(`delivered a file with SHA-256 ${sha256}, not 000`);
    expect([existsSync(options.file), existsSync(`${options.file}.part`)]).toEqual([false, false]);
  });

  it("explains a refusal at once, and gives up after failing several times in a row", async () => {
    const missing = await serve(status(404));
    const refused = await failure(download({url: missing.url, ...target()}));
    expect(refused).toBeInstanceOf(UserError);
    expect(refused.message).toMatch(/can't be downloaded: the server answered 404\.$/);
    expect(missing.ranges.length).toBe(1);
    const broken = await serve(status(503));
    const failed = await failure(download({url: broken.url, ...target(), attempts: 3}));
    expect(failed).toBeInstanceOf(UserError);
    expect(failed.message).toMatch(/can't be reached \(the server answered 503\)\. Run the command again/);
    expect(broken.ranges.length).toBe(3);
  });
});
