import {afterEach, expect, test, vi} from "vitest";
import {placeThumbnails, sheetCache, sheetLoader} from "../../../../src/components/gallery/sheets.js";

afterEach(() => vi.unstubAllGlobals());

test("a sheet is fetched from its folder; an answer other than OK is an error", async () => {
  const fetched = vi.fn(async (url: string) => new Response("x", {status: url.endsWith("001.webp") ? 404 : 200}));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("createImageBitmap", async () => "bitmap");
  const load = sheetLoader("https://site.test/data/cells/");
  expect(await load(0)).toBe("bitmap");
  expect(fetched.mock.calls[0]![0]).toBe("https://site.test/data/cells/sheet-000.webp");
  await expect(load(1)).rejects.toThrow("the server answered 404");
});

const place = placeThumbnails({version: "abc", cells: [5000, 300, 9000]});
const sheetsOf = (cells: number[]) => place(cells).map(({sheet}) => sheet);

test("an easy cell lies on its own sheet, at its slot", () => {
  expect(place([256 + 17])).toEqual([{sheet: "sheet-001.webp", x: 50, y: 50}]);
});

test("hard cells share a sheet of their own, whose address changes with the list", () => {
  expect(place([300, 5000, 9000])).toEqual([
    {sheet: "hard-sheet-000.webp?v=abc", x: 50, y: 0},
    {sheet: "hard-sheet-000.webp?v=abc", x: 0, y: 0},
    {sheet: "hard-sheet-000.webp?v=abc", x: 100, y: 0}
  ]);
});

test("a hard cell among its neighbours comes from their sheet, which is on the screen anyway", () => {
  expect(sheetsOf([299, 300, 301, 9000])).toEqual([
    ...Array<string>(3).fill("sheet-001.webp"),
    "hard-sheet-000.webp?v=abc"
  ]);
});

/** A cache over loads that the test settles by hand. */
function make(capacity = 3) {
  const loads: {
    sheet: number;
    signal: AbortSignal;
    resolve: (image: string) => void;
    reject: (error: Error) => void;
  }[] = [];
  const close = vi.fn();
  const changed = vi.fn();
  const load = (sheet: number, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => loads.push({sheet, signal, resolve, reject}));
  const cache = sheetCache({load, close, capacity, changed});
  const finish = async (sheet: number) => {
    loads
      .filter((entry) => entry.sheet === sheet)
      .at(-1)!
      .resolve(`image ${sheet}`);
    await Promise.resolve();
    await Promise.resolve();
  };
  return {cache, loads, close, changed, finish};
}

test("a sheet is fetched once, and announced when it comes", async () => {
  const {cache, loads, changed, finish} = make();
  cache.want([4]);
  cache.want([4]);
  expect(loads).toHaveLength(1);
  expect(cache.get(4)).toEqual({status: "loading"});
  await finish(4);
  expect(changed).toHaveBeenCalledWith(4);
  expect(cache.get(4)).toEqual({status: "ready", image: "image 4"});
  cache.want([4]);
  expect(loads).toHaveLength(1);
});

test("sheets that went by are no longer fetched", async () => {
  const {cache, loads, changed, close, finish} = make();
  cache.want([1]);
  cache.want([2]);
  expect(loads.map(({signal}) => signal.aborted)).toEqual([true, false]);
  expect(cache.get(1)).toBeUndefined();
  await finish(1);
  expect(changed).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledWith("image 1");
});

test("the least recently wanted sheet is dropped and freed", async () => {
  const {cache, close, finish} = make(3);
  for (const sheet of [1, 2, 3]) {
    cache.want([sheet]);
    await finish(sheet);
  }
  cache.want([1]);
  cache.want([4]);
  expect(close.mock.calls).toEqual([["image 2"]]);
  expect([1, 2, 3, 4].map((sheet) => cache.get(sheet)?.status)).toEqual(["ready", undefined, "ready", "loading"]);
});

test("what is in view is kept, however much it is", async () => {
  const {cache, close, finish} = make(2);
  cache.want([1, 2, 3, 4]);
  for (const sheet of [1, 2, 3, 4]) await finish(sheet);
  cache.want([1, 2, 3, 4]);
  expect(close).not.toHaveBeenCalled();
  cache.want([4]);
  expect(close.mock.calls.flat().sort()).toEqual(["image 1", "image 2"]);
});

test("a failure is kept with its reason until it is tried again", async () => {
  const {cache, loads, changed, finish} = make();
  cache.want([7]);
  loads[0]!.reject(new Error("the server answered 404"));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledWith(7));
  expect(cache.get(7)).toEqual({status: "failed", reason: "the server answered 404"});
  cache.want([7]);
  expect(loads).toHaveLength(1);
  cache.retry(7);
  await finish(7);
  expect(cache.get(7)?.status).toBe("ready");
  cache.retry(7);
  expect(loads).toHaveLength(2);
});

test("clearing frees what is there and stops what is under way", async () => {
  const {cache, loads, close, finish} = make();
  cache.want([1, 2]);
  await finish(1);
  cache.clear();
  expect(close.mock.calls).toEqual([["image 1"]]);
  expect(loads[1]!.signal.aborted).toBe(true);
  expect(cache.get(1)).toBeUndefined();
});
