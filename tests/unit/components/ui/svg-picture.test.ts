import {afterEach, expect, test, vi} from "vitest";
import {svgPicture} from "../../../../src/components/ui/svg-picture.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Stands in for a browser that decodes pictures of 30 × 20 and draws them. */
function browserGiving(blob: Blob | null) {
  const drawImage = vi.fn();
  vi.stubGlobal(
    "Image",
    class {
      src = "";
      width = 30;
      height = 20;
      decode = async () => {};
    }
  );
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({drawImage} as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((callback) => callback(blob));
  return drawImage;
}

test("a drawing is drawn twice as large, from its own text", async () => {
  const png = new Blob(["png"]);
  const drawImage = browserGiving(png);
  await expect(svgPicture("<svg>µ</svg>")).resolves.toBe(png);
  const [image, ...place] = drawImage.mock.calls[0] as [{src: string}, ...number[]];
  expect(place).toEqual([0, 0, 60, 40]);
  expect(decodeURIComponent(image.src)).toBe("data:image/svg+xml;charset=utf-8,<svg>µ</svg>");
});

test("a browser that makes no PNG is told of", async () => {
  browserGiving(null);
  await expect(svgPicture("<svg/>")).rejects.toThrow("made no PNG");
});
