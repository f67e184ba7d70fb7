import {afterEach, expect, test, vi} from "vitest";
import {sheetLoader} from "../../../../src/components/gallery/load-sheet.js";

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
