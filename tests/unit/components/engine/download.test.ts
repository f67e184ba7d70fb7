import {afterEach, describe, expect, test, vi} from "vitest";
import {downloadModel} from "../../../../src/components/engine/download.js";
import {sha256, tinyModel} from "../../../fixtures/tiny-model.js";

type Answer = Uint8Array<ArrayBuffer> | number | "drop" | ReadableStream<Uint8Array<ArrayBuffer>>;

const model = tinyModel();
const source = {base: "https://site.test/models/tiny/", sha256: sha256(model.get("metadata.json")!)};
const pause = 1;

/** Serves the tiny model; `answers` come first for the files that they name. */
function serve(answers: Record<string, Answer[]> = {}) {
  const log: {name: string; cache?: RequestCache}[] = [];
  const fetch = async (url: string, {cache}: RequestInit) => {
    const name = url.slice(source.base.length);
    log.push({name, cache});
    const answer = answers[name]?.shift() ?? model.get(name) ?? 404;
    if (answer === "drop") throw new TypeError("Failed to fetch");
    return typeof answer === "number" ? new Response(null, {status: answer}) : new Response(answer);
  };
  return {fetch, log};
}

describe("downloadModel", () => {
  test("gives every listed file, verified, with byte-exact progress that rises to the total", async () => {
    const {fetch, log} = serve();
    const progress: [number, number][] = [];
    const bundle = await downloadModel(source, {fetch, onProgress: (...step) => progress.push(step)});
    const total = bundle.metadata.files.reduce((sum, {bytes}) => sum + bytes, 0);
    expect([...bundle.files.keys()]).toEqual(["model.json", "weights-1of2.bin", "weights-2of2.bin"]);
    for (const [name, content] of bundle.files) expect(new Uint8Array(content)).toEqual(model.get(name));
    expect(progress[0]).toEqual([0, total]);
    expect(progress.at(-1)).toEqual([total, total]);
    expect(progress.map(([loaded]) => loaded)).toEqual(progress.map(([loaded]) => loaded).sort((a, b) => a - b));
    expect(log.length).toBe(4);
  });

  test("a dropped connection and a server error are retried, past the cache", async () => {
    const {fetch, log} = serve({"metadata.json": ["drop"], "weights-1of2.bin": [503, "drop"]});
    await downloadModel(source, {fetch, pause});
    expect(log.filter(({name}) => name === "weights-1of2.bin").map(({cache}) => cache)).toEqual([
      "default",
      "reload",
      "reload"
    ]);
  });

  test("a stale cached file is replaced; a file that stays wrong is never used", async () => {
    const wrong = new Uint8Array([1, 2, 3]);
    const stale = serve({"model.json": [wrong]});
    const bundle = await downloadModel(source, {fetch: stale.fetch, pause});
    expect(new Uint8Array(bundle.files.get("model.json")!)).toEqual(model.get("model.json"));
    const {fetch} = serve({"weights-2of2.bin": [wrong, wrong, wrong, wrong]});
    await expect(downloadModel(source, {fetch, pause})).rejects.toThrow("weights-2of2.bin is not the published file");
  });

  test("a single flipped bit is noticed", async () => {
    const flipped = model.get("weights-2of2.bin")!.slice();
    flipped[7]! ^= 1;
    const {fetch} = serve({"weights-2of2.bin": Array(4).fill(flipped)});
    await expect(downloadModel(source, {fetch, pause})).rejects.toThrow("sha256 differs");
  });

  test("metadata of another release is refused before anything else is fetched", async () => {
    const {fetch, log} = serve();
    const other = {...source, sha256: "0".repeat(64)};
    await expect(downloadModel(other, {fetch, pause})).rejects.toThrow("metadata.json is not the published file");
    expect(new Set(log.map(({name}) => name))).toEqual(new Set(["metadata.json"]));
  });

  test("a missing file is not asked for again", async () => {
    const {fetch, log} = serve({"model.json": [404]});
    await expect(downloadModel(source, {fetch, pause})).rejects.toThrow("model.json is not on the server (status 404)");
    expect(log.filter(({name}) => name === "model.json").length).toBe(1);
  });

  test("a site without a model says so, and asks for nothing", async () => {
    const {fetch, log} = serve();
    await expect(downloadModel({...source, sha256: null}, {fetch})).rejects.toThrow("built without the network");
    expect(log).toEqual([]);
  });

  test("a later download fetches nothing that came whole before, but checks it again", async () => {
    const kept = new Map<string, Blob>();
    const onKept = (path: string, content: Blob) => kept.set(path, content);
    const broken = serve({"model.json": [404]});
    await expect(downloadModel(source, {fetch: broken.fetch, onKept})).rejects.toThrow("status 404");
    const {fetch, log} = serve();
    const progress: number[] = [];
    const bundle = await downloadModel(source, {fetch, kept, onKept, onProgress: (loaded) => progress.push(loaded)});
    expect([...bundle.files.keys()].length).toBe(3);
    expect(log.map(({name}) => name)).not.toContain("metadata.json");
    expect(progress.at(-1)).toBe(bundle.metadata.files.reduce((sum, {bytes}) => sum + bytes, 0));
    const again = serve();
    await downloadModel(source, {fetch: again.fetch, kept});
    expect(again.log).toEqual([]);
    kept.set("model.json", new Blob(["other"]));
    await downloadModel(source, {fetch: again.fetch, kept});
    expect(again.log.map(({name}) => name)).toEqual(["model.json"]);
  });

  test("a connection that breaks within a file has that file begin again, until attempts run out", async () => {
    const content = model.get("weights-2of2.bin")!;
    const breaking = () => {
      let chunks = [content.slice(0, 40), content.slice(40, 80)];
      return new ReadableStream({
        pull(controller) {
          if (chunks.length === 0) return controller.error(new TypeError("network error"));
          controller.enqueue(chunks[0]!);
          chunks = chunks.slice(1);
        }
      });
    };
    const progress: number[] = [];
    const {fetch, log} = serve({"weights-2of2.bin": [breaking(), breaking()]});
    const bundle = await downloadModel(source, {fetch, pause, onProgress: (loaded) => progress.push(loaded)});
    expect(new Uint8Array(bundle.files.get("weights-2of2.bin")!)).toEqual(content);
    expect(log.filter(({name}) => name === "weights-2of2.bin")).toHaveLength(3);
    expect(progress.at(-1)).toBe(bundle.metadata.files.reduce((sum, {bytes}) => sum + bytes, 0));
    const dead = serve({"weights-2of2.bin": [1, 2, 3, 4].map(breaking)});
    await expect(downloadModel(source, {fetch: dead.fetch, pause})).rejects.toThrow(
      /weights-2of2.bin was interrupted.*what has come is kept/
    );
  });

  test("an endless file is cut off", async () => {
    const given: number[] = [];
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          given.push(100_000);
          controller.enqueue(new Uint8Array(100_000));
        }
      });
    const {fetch} = serve({"model.json": [1, 2, 3, 4].map(endless)});
    await expect(downloadModel(source, {fetch, pause})).rejects.toThrow("model.json is not the published file");
    expect(given.length).toBeLessThan(20);
  });

  test("a connection that falls silent counts as dropped, before and after the headers", async () => {
    vi.useFakeTimers({toFake: ["setTimeout", "clearTimeout"]});
    const silent = new ReadableStream({pull: () => new Promise(() => {})});
    const {fetch, log} = serve({"weights-1of2.bin": [silent]});
    let first = true;
    const hanging = (url: string, init: RequestInit) => {
      if (!url.endsWith("metadata.json") || !first) return fetch(url, init);
      first = false;
      return new Promise<Response>(() => {});
    };
    let files: number | undefined;
    const running = downloadModel(source, {fetch: hanging, pause}).then((model) => (files = model.files.size));
    // What is computed between two waits takes time of its own.
    for (let seconds = 0; files === undefined && seconds < 3600; seconds++) {
      await vi.advanceTimersByTimeAsync(1000);
      await new Promise((go) => setImmediate(go));
    }
    vi.useRealTimers();
    expect(await running).toBe(3);
    expect(log.filter(({name}) => name === "weights-1of2.bin")).toHaveLength(2);
  });

  test("where one file is given up, the others are no longer waited for", async () => {
    const {fetch} = serve({"model.json": [404]});
    const endless = (url: string, init: RequestInit) => {
      if (!url.endsWith("weights-1of2.bin")) return fetch(url, init);
      const start = (controller: ReadableStreamDefaultController) =>
        init.signal!.addEventListener("abort", () => controller.error(init.signal!.reason));
      return Promise.resolve(new Response(new ReadableStream({start})));
    };
    await expect(downloadModel(source, {fetch: endless, pause})).rejects.toThrow("status 404");
  });
});

afterEach(() => void vi.useRealTimers());
