import fc from "fast-check";
import {afterEach, expect, test, vi} from "vitest";
import {placeOnSheet, sheetLoader, sheetName} from "../../../../src/components/gallery/load-sheet.js";

afterEach(() => vi.unstubAllGlobals());

test("cells lie row by row, 16 in a row, 256 on a sheet", () => {
  expect(placeOnSheet(0)).toEqual({sheet: 0, x: 0, y: 0});
  expect(placeOnSheet(17)).toEqual({sheet: 0, x: 50, y: 50});
  expect(placeOnSheet(27_557)).toEqual({sheet: 107, x: 250, y: 500});
});

test("no two cells share a place", () => {
  fc.assert(
    fc.property(fc.nat(27_557), fc.nat(27_557), (a, b) => {
      fc.pre(a !== b);
      expect(placeOnSheet(a)).not.toEqual(placeOnSheet(b));
    })
  );
});

test("names are padded to three digits", () => {
  expect([sheetName(7), sheetName(107)]).toEqual(["sheet-007.webp", "sheet-107.webp"]);
});

test("a sheet is fetched from its folder; an answer other than OK is an error", async () => {
  const fetched = vi.fn(async (url: string) => new Response("x", {status: url.endsWith("001.webp") ? 404 : 200}));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("createImageBitmap", async () => "bitmap");
  const load = sheetLoader("https://site.test/data/cells/");
  expect(await load(0)).toBe("bitmap");
  expect(fetched.mock.calls[0]![0]).toBe("https://site.test/data/cells/sheet-000.webp");
  await expect(load(1)).rejects.toThrow("the server answered 404");
});
