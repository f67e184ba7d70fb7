// @vitest-environment node
import {createHash} from "node:crypto";
import {beforeEach, describe, expect, test} from "vitest";
import {keptFiles} from "../../../../src/components/site/kept-files.js";

const scope = "https://example.org/malaria/";
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const weights = `${scope}models/w.bin`;

/** As much of a browser's Cache Storage as is needed: entries by address, in memory. */
function storage() {
  const entries = new Map<string, Response>();
  const cache = {
    match: async (url: string) => entries.get(url)?.clone(),
    put: async (url: string, response: Response) => void entries.set(url, response),
    delete: async ({url}: {url: string}) => entries.delete(url),
    keys: async () => [...entries.keys()].map((url) => ({url}))
  };
  return {entries, caches: {open: async () => cache} as unknown as CacheStorage};
}

let served: Record<string, string>;
let asked: string[];
let disk: ReturnType<typeof storage>;
const fetching = (async (url: string) => {
  asked.push(url);
  return url in served ? new Response(served[url]) : Promise.reject(new Error("no network"));
}) as typeof fetch;
const open = (hashes: Record<string, string>) => keptFiles(hashes, {scope, caches: disk.caches, fetch: fetching});

beforeEach(() => {
  [served, asked, disk] = [{[weights]: "old"}, [], storage()];
});

describe("kept files", () => {
  test("keeps what has the published hash, and answers with it, whatever the query", async () => {
    const kept = open({"models/w.bin": sha("old")});
    await kept.fetch([weights, `${scope}pages/classify`]);
    expect(asked).toEqual([weights]);
    expect(await (await kept.match(`${weights}?x=1`))!.text()).toBe("old");
    await kept.fetch([weights]);
    expect(asked).toHaveLength(1);
  });

  test("never keeps other content: a new server's file, a cut one, an error", async () => {
    const kept = open({"models/w.bin": sha("old")});
    for (const content of ["new", "ol", ""]) {
      expect(await kept.put(weights, new Response(content))).toBe(false);
      expect(await kept.match(weights)).toBeUndefined();
    }
    served = {};
    await kept.fetch([weights]);
    expect(disk.entries.size).toBe(0);
  });

  test("a new build drops the old content and keeps what both have", async () => {
    served[`${scope}data/sheet.webp`] = "sheet";
    const old = open({"models/w.bin": sha("old"), "data/sheet.webp": sha("sheet")});
    await old.fetch(Object.keys(served));
    const renewed = open({"models/w.bin": sha("new"), "data/sheet.webp": sha("sheet")});
    expect(await renewed.match(weights)).toBeUndefined();
    await renewed.clean();
    expect([...disk.entries.keys()]).toEqual([`${scope}data/sheet.webp?sha256=${sha("sheet")}`]);
  });

  test("a full disk is no error", async () => {
    const full = {open: async () => ({put: () => Promise.reject(new Error("quota"))})} as unknown as CacheStorage;
    const kept = keptFiles({"models/w.bin": sha("old")}, {scope, caches: full, fetch: fetching});
    expect(await kept.put(weights, new Response("old"))).toBe(false);
  });
});
