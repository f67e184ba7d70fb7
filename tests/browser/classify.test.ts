import {readFileSync} from "node:fs";
import {basename} from "node:path";
import type {BrowserContextOptions} from "playwright-core";
import sharp from "sharp";
import {afterAll, afterEach, beforeAll, describe, expect, test} from "vitest";
import {toCell} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {MOST_THREADS} from "../../src/components/kernels/threads.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {CELL, animation, apng, blackPng, bmp, encoded, miscoloured, pixelsOf} from "../fixtures/pictures.js";
import type {Picture} from "../fixtures/pictures.js";
import {fallbackModel, tinyModel} from "../fixtures/tiny-model.js";
import {
  openClassify as open,
  answers,
  choose,
  drop,
  file,
  results,
  state,
  tellingRequests,
  tinyNetwork
} from "./classify-page.js";
import type {Served, Upload} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// A tiny model is served in the place of the shipped one, so that a prediction takes milliseconds. The shipped one, and
// WebGL, are in shipped.test.ts.

let site: Site;
let tiny: Map<string, Uint8Array<ArrayBuffer>>;
let cell: Picture;
let expected: (picture: RgbPicture) => Promise<number>;

beforeAll(async () => {
  site = await openSite({webgl: false});
  tiny = tinyModel();
  cell = new Uint8Array(readFileSync(CELL));
  expected = await tinyNetwork();
});
afterAll(() => site?.close());

const openClassify = (served: Served = {}, options: BrowserContextOptions = {}, from = site) =>
  open(from, served, options);

describe("choosing files", () => {
  test("files added before the model is ready are answered, in their order, and the same file again", async () => {
    const {page, close} = await openClassify();
    const names = ["b.png", "a.png", "c.png"];
    const first = await choose(
      page,
      names.map((name) => file(name, cell))
    );
    expect(first.map((answer) => answer.file)).toEqual(names);
    const again = await choose(page, [file("a.png", cell)]);
    expect(
      again.map((answer) => answer.file),
      "the newest first"
    ).toEqual(["a.png", ...names]);
    await close();
  });

  test("samples by how hard they are, whose label shows only with the answer", async () => {
    const {page, close} = await openClassify();
    await state(page, "ready");
    const groups = page.locator(".sample-group");
    const titles = await groups.locator("strong").allTextContents();
    expect(titles).toEqual(["Easy", "Hard", "Disputed"]);
    const sizes = await Promise.all(titles.map((_, n) => groups.nth(n).getByRole("button").count()));
    const samples = page.locator("button.sample");
    expect(await page.getByRole("button", {name: "Ring, easy", exact: true}).count()).toBe(1);
    expect(await samples.count()).toBe(sizes.reduce((sum, size) => sum + size));
    expect(await page.locator("main").textContent()).not.toContain("The data set calls");
    for (const sample of await samples.all()) await sample.click();
    const shown = (await answers(page, await samples.count())).reverse();
    const facts = shown.map(({text}) => /The data set calls this cell (\w+)(; Fuhad)?/.exec(text!)!);
    expect(new Set(facts.map(([, label]) => label))).toEqual(new Set(["parasitized", "uninfected"]));
    expect(facts.map(([, , disputed]) => disputed !== undefined)).toEqual(
      facts.map((_, n) => n >= sizes[0]! + sizes[1]!)
    );
    await close();
  });

  test("the address opens with a cell of the data set; an unknown one gets a sentence", async () => {
    const [name, learned] = ["C1_thinF_IMG_20150604_104722_cell_15.png", "learned from this patient's cells"];
    const {page, faults, close} = await openClassify({cell: name});
    const [answer] = await answers(page, 1);
    expect(answer).toMatchObject({testid: "prediction", file: name, text: expect.stringContaining("50 × 50")});
    expect(answer!.text).toContain("The data set calls this cell uninfected.");
    expect(answer!.text).toContain(learned);
    const seen = await page.locator("canvas.seen").evaluate((canvas: HTMLCanvasElement) => {
      return Array.from(canvas.getContext("2d")!.getImageData(0, 0, 50, 50).data);
    });
    const place = readManifest().findIndex(({file: one}) => one === name);
    expect(seen.filter((_, index) => index % 4 < 3)).toEqual(Array.from(await readPackedCells([place])));
    expect(faults).toEqual([]);
    await close();
    const unknown = await openClassify({cell: "<b>nothing</b>.png"});
    await unknown.page
      .getByRole("alert")
      .filter({hasText: "“<b>nothing</b>.png”, which is not in the data set"})
      .waitFor();
    expect(await results(unknown.page).count()).toBe(0);
    await unknown.close();
  });

  test("no request leaves while pictures are chosen, dropped, pasted, answered, saved and cleared", async () => {
    const {page, requests, close} = await openClassify();
    await state(page, "ready");
    expect(requests.filter((url) => url.includes("/models/")).length, "the worker's requests are seen").toBeGreaterThan(
      2
    );
    const before = requests.length;
    await page.evaluate(() => (navigator.sendBeacon = () => Boolean(document.body.append("beacon"))));
    await choose(page, [file("cell.png", cell), file("broken.png", cell.slice(0, 900))]);
    await page.locator("button.sample").first().click();
    await drop(page, [file("dropped.png", cell)]);
    await answers(page, 4);
    await page.getByRole("button", {name: "Turn and mirror it: cell.png"}).click();
    await page.getByTestId("views").waitFor();
    await page.getByText("All results in a table").click();
    for (const button of ["Save as CSV", "Save as JSON"]) {
      const saving = page.waitForEvent("download");
      await page.getByRole("button", {name: button}).click();
      await saving;
    }
    await page.getByRole("button", {name: "Remove cell.png"}).click();
    await page.getByRole("button", {name: "Clear all results"}).click();
    expect(tellingRequests(requests.slice(before))).toEqual([]);
    expect(await page.locator("body").textContent()).not.toContain("beacon");
    await close();
  });
});

describe("on one page, file after file,", () => {
  const small = () => sharp(CELL).resize(60, 40, {fit: "fill"});
  let opened: Awaited<ReturnType<typeof openClassify>>;
  beforeAll(async () => {
    opened = await openClassify();
  });
  afterEach(async () => {
    const clear = opened.page.getByRole("button", {name: "Clear all results"});
    if (await clear.isVisible()) await clear.click();
    await expect.poll(() => results(opened.page).count()).toBe(0);
  });
  afterAll(() => opened.close());

  test("what is shown as seen is the exact 50×50 rendition", async () => {
    const {page} = opened;
    await choose(page, [file("cell.png", cell)]);
    const seen = await page.locator("canvas.seen").evaluate((canvas: HTMLCanvasElement) => {
      return Array.from(canvas.getContext("2d")!.getImageData(0, 0, 50, 50).data);
    });
    expect(seen.filter((_, index) => index % 4 < 3)).toEqual(Array.from(toCell(await pixelsOf(CELL))));
  });

  test("drop and paste work, and a drop shows where it goes", async () => {
    const {page} = opened;
    expect(await drop(page, [file("one.png", cell), file("two.txt", "no picture", "text/plain")])).toBe(1);
    const dropped = await answers(page, 2);
    expect(dropped.map(({testid}) => testid)).toEqual(["prediction", "prediction-error"]);
    expect(await page.locator(".upload.dragover").count()).toBe(0);
    await drop(page, [file("beside.png", cell)], "h1");
    expect((await answers(page, 3))[0]).toMatchObject({testid: "prediction", file: "beside.png"});
    await page.evaluate((bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(bytes)], "image.png", {type: "image/png"}));
      document.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
    }, Array.from(cell));
    expect((await answers(page, 4))[0]).toMatchObject({testid: "prediction", file: "image.png"});
  });

  test("results can be removed one by one and all at once, and the focus stays on the page's controls", async () => {
    const {page} = opened;
    await choose(page, [file("one.png", cell), file("two.png", cell)]);
    await page.getByRole("button", {name: "Remove one.png"}).click();
    expect(await results(page).count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Remove two.png");
    await page.getByRole("button", {name: "Clear all results"}).click();
    expect(await results(page).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("cell-files");
  });

  test("answers are announced, and a name with markup stays text", async () => {
    const {page} = opened;
    await choose(page, [file("<img src=x onerror=alert(1)>.png", cell)]);
    expect(await page.locator("[role=status]").allTextContents()).toContainEqual(
      expect.stringMatching(/^<img src=x onerror=alert\(1\)>\.png: .*probability of parasitized/)
    );
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });

  test("each refusal says what to do, the other files of the same drop are answered, and the page lives on", async () => {
    const {page, faults} = opened;
    await state(page, "ready");
    const jpeg = await encoded(sharp(CELL).jpeg());
    const gif = await animation("gif");
    const webp = await animation("webp");
    const bad: [Upload, code: string, sentence: RegExp][] = [
      [file("notes.png", "These are no pixels."), "not-an-image", /Choose a PNG, JPEG/],
      [file("empty.png", ""), "empty", /is empty/],
      [file("cut.png", cell.slice(0, cell.length / 2)), "truncated", /Copy or download it again/],
      [file("cut.jpg", jpeg.slice(0, jpeg.length / 2), "image/jpeg"), "truncated", /Copy or download it again/],
      [file("cut.gif", gif.slice(0, gif.length / 2), "image/gif"), "truncated", /Copy or download it again/],
      [file("cut.webp", webp.slice(0, webp.length / 2), "image/webp"), "truncated", /Copy or download it again/],
      [
        file("script.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        "unsupported",
        /SVG/
      ],
      [file("page.png", "<!doctype html><h1>Not found</h1>"), "unsupported", /web page/],
      [file("photo.heic", "\0\0\0\x18ftypheic\0\0\0\0"), "damaged", /HEIC.*damaged/],
      [file("scan.tif", "II*\0\x08\0\0\0"), "truncated", /TIFF.*cut short/],
      [file("bomb.png", blackPng(12_000)), "too-many-pixels", /12,000 × 12,000.*Crop/],
      [file("noise.png", damage(cell)), "damaged", /damaged/],
      [file("huge.png", new Uint8Array(20_000_001)), "too-large", /20 MB/]
    ];
    const files = bad.flatMap(([upload], index) => [upload, file(`good-${index}.png`, cell)]);
    const shown = await choose(page, files);
    expect(shown.map(({file: name}) => name)).toEqual(files.map(({name}) => name));
    bad.forEach(([{name}, code, sentence], index) => {
      const [refusal, good] = [shown[index * 2]!, shown[index * 2 + 1]!];
      expect(refusal, name).toMatchObject({testid: "prediction-error", file: name, code});
      expect(refusal.text).toMatch(sentence);
      expect(good.testid, `after ${name}`).toBe("prediction");
    });
    expect(new Set(shown.filter(({p}) => p).map(({p}) => p)).size).toBe(1);
    expect(faults).toEqual([]);
  });

  test("unusual but sound pictures get the right answer", async () => {
    const {page} = opened;
    const plain = await pixelsOf(await encoded(small().png()));
    const grey = await encoded(small().toColourspace("b-w").png());
    const alpha = await encoded(small().ensureAlpha(0.5).png());
    const black = {...plain, data: plain.data.map((value) => Math.round((value * 128) / 255))};
    const animated = "animation of 2 frames; only the first";
    const cases: [Upload, RgbPicture, tolerance: number, remark?: string][] = [
      [file("plain.png", await encoded(small().png())), plain, 1e-4],
      [file("wrong-name.txt", await encoded(small().png()), "text/plain"), plain, 1e-4],
      [file("16-bit.png", await encoded(small().toColourspace("rgb16").png())), plain, 5e-3],
      [file("grey.png", grey), await pixelsOf(await encoded(sharp(grey).toColourspace("srgb").png())), 1e-3],
      [file("palette.png", await encoded(small().png({palette: true, colours: 64, dither: 0}))), plain, 2e-2],
      [file("interlaced.png", await encoded(small().png({progressive: true}))), plain, 1e-4],
      [file("alpha.png", alpha), black, 1e-2],
      [file("gamma.png", await miscoloured(await encoded(small().png()), "gamma")), plain, 1e-4],
      [file("profile.png", await miscoloured(await encoded(small().png()), "profile")), plain, 1e-4],
      [file("cell.bmp", bmp(plain), "image/bmp"), plain, 1e-4],
      [file("cell.webp", await encoded(small().webp({lossless: true})), "image/webp"), plain, 1e-4],
      [file("animated.png", await apng()), plain, 1e-4, animated],
      [file("animated.webp", await animation("webp"), "image/webp"), plain, 1e-4, animated],
      [file("animated.gif", await animation("gif"), "image/gif"), plain, 2e-2, animated],
      [
        file("one-pixel.png", await encoded(sharp(CELL).resize(1, 1).png())),
        await pixelsOf(await encoded(sharp(CELL).resize(1, 1).png())),
        1e-4
      ]
    ];
    const shown = await choose(
      page,
      cases.map(([upload]) => upload)
    );
    for (const [index, [{name}, picture, tolerance, remark]] of cases.entries()) {
      const answer = shown[index]!;
      expect(answer.testid, `${name}: ${answer.text}`).toBe("prediction");
      expect(Math.abs(Number(answer.p) - (await expected(picture))), name).toBeLessThan(tolerance);
      expect(answer.text!.includes(remark ?? animated), name).toBe(remark !== undefined);
    }
  });

  test("a JPEG is turned upright by its EXIF orientation", async () => {
    const {page} = opened;
    // Stored lying, 80 × 40 with red on the left; orientation 6 (turn right) brings red to the top.
    const red = await sharp({create: {width: 40, height: 40, channels: 3, background: "red"}})
      .png()
      .toBuffer();
    const lying = sharp({create: {width: 80, height: 40, channels: 3, background: "blue"}});
    const picture = await encoded(
      lying
        .composite([{input: red, left: 0, top: 0}])
        .withMetadata({orientation: 6})
        .jpeg()
    );
    const [answer] = await choose(page, [file("turned.jpg", picture, "image/jpeg")]);
    expect(answer!.text).toContain("40 × 80");
    const corners = await page.locator("canvas.seen").evaluate((canvas: HTMLCanvasElement) => {
      const at = (x: number, y: number) => Array.from(canvas.getContext("2d")!.getImageData(x, y, 1, 1).data);
      return [at(48, 1), at(1, 48)];
    });
    expect(corners[0]![0]).toBeGreaterThan(200);
    expect(corners[1]![2]).toBeGreaterThan(200);
  });

  test("answers and refusals fit on a wide page and a narrow one", async () => {
    const {page} = opened;
    await choose(page, [
      file("cell.png", cell),
      file("notes.txt", "no picture"),
      file("animated.webp", await animation("webp"))
    ]);
    for (const width of [1280, 360]) {
      await page.setViewportSize({width, height: 900});
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

describe("the model's files", () => {
  test("a wrong hash is never used, files get a sentence, and Retry recovers", async () => {
    let good = false;
    const wrong = new Uint8Array(tiny.get("weights-2of2.bin")!).fill(1);
    const {page, close} = await openClassify({
      intercept: (name) => (name === "weights-2of2.bin" && !good ? wrong : undefined)
    });
    await state(page, "failed");
    expect(await page.getByTestId("model-status").textContent()).toContain(
      "weights-2of2.bin is not the published file"
    );
    good = true;
    await page.getByTestId("model-status").getByRole("button", {name: "Retry"}).click();
    const [answer] = await choose(page, [file("cell.png", cell)]);
    expect(answer!.testid).toBe("prediction");
    await close();
  });

  test("a metadata.json that is not the published one is refused", async () => {
    const {page, close} = await openClassify({sha256: "0".repeat(64)});
    const [answer] = await choose(page, [file("cell.png", cell)]);
    expect(answer).toMatchObject({testid: "prediction-error", code: "unavailable"});
    await state(page, "failed");
    await page.locator("button.sample").first().click();
    await answers(page, 2);
    const card = results(page).first();
    expect(await card.locator("img.uploaded").count(), "the sample stays beside its reason").toBe(1);
    expect(await card.textContent(), "said once").toMatch(/No network has come yet\. Press Retry[^.]*\.Retry$/);
    expect(await card.getByRole("button", {name: "Retry"}).count()).toBe(1);
    await close();
  });

  test("a dropped connection is retried without asking", async () => {
    const {page, close} = await openClassify({intercept: (_, count) => (count === 1 ? "abort" : undefined)});
    const [answer] = await choose(page, [file("cell.png", cell)]);
    expect(answer!.testid).toBe("prediction");
    await close();
  });

  test("a model whose self-test differs is not used", async () => {
    const metadata = JSON.parse(Buffer.from(tiny.get("metadata.json")!).toString());
    metadata.selfTest[0].p = 0.9;
    const model = new Map(tiny).set("metadata.json", new Uint8Array(Buffer.from(JSON.stringify(metadata))));
    const {page, close} = await openClassify({model});
    await state(page, "failed");
    expect(await page.getByTestId("model-status").textContent()).toContain("known cells get other probabilities");
    await close();
  });
});

describe("the engine", () => {
  test("on a cross-origin isolated page WebAssembly takes its binary with threads, and answers the same", async () => {
    const fetched: string[] = [];
    const headers = {"cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp"};
    const {page, faults, close} = await openClassify({
      model: fallbackModel(),
      async prepare(opened) {
        await opened.route(/\/pages\/classify|worker\.\w+\.js$|\.wasm$/, async (route) => {
          const response = await route.fetch();
          fetched.push(route.request().url());
          await route.fulfill({response, headers: {...response.headers(), ...headers}});
        });
      }
    });
    await state(page, "ready");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const [answer] = await choose(page, [file("cell.png", cell)]);
    expect(answer!.backend).toBe("wasm");
    expect(Math.abs(Number(answer!.p) - (await expected(await pixelsOf(CELL))))).toBeLessThan(1e-4);
    // The site's own kernels come first; they leave a network that they do not know to TensorFlow.js.
    expect(fetched.filter((url) => url.endsWith(".wasm")).map((url) => basename(url).split(".")[0])).toEqual([
      "shared-kernels",
      "kernels",
      "tfjs-backend-wasm-threaded-simd"
    ]);
    expect(faults).toEqual([]);
    await close();
  });

  test("on an isolated page the kernels' threads work under the headers of the server, and end with the engine", async () => {
    const isolated = await openSite({isolated: true});
    try {
      const {page, faults, close} = await openClassify({model: null, network: "resnet34"}, {}, isolated);
      const threads = () => page.workers().filter((worker) => worker.url().includes("/kernels/thread-worker."));
      await state(page, "ready");
      const cores = await page.evaluate(() => navigator.hardwareConcurrency);
      await expect.poll(() => threads().length).toBe(Math.min(cores, MOST_THREADS) - 1);
      const [answer] = await choose(page, [file("cell.png", cell)]);
      expect(answer!.backend).toBe("wasm");
      const [place] = readManifest().flatMap(({file: name}, n) => (basename(CELL) === name ? [n] : []));
      const {cell: places, score} = readPredictions(readManifest(), "models/resnet34");
      expect(Math.abs(Number(answer!.p) - score[places.indexOf(place!)]!)).toBeLessThan(1e-3);
      // A thread that serves hears nothing else; one that failed would answer.
      for (const thread of threads()) {
        const heard = thread.evaluate(() => "idle").catch(() => "ended");
        expect(await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 1000, "serves"))])).toBe(
          "serves"
        );
      }
      await page.locator(".advanced summary").click();
      await page.getByRole("combobox", {name: "Compute with"}).selectOption("cpu");
      await expect.poll(() => threads().length, {timeout: 30_000}).toBe(0);
      expect(faults).toEqual([]);
      await close();
    } finally {
      await isolated.close();
    }
  });

  test("without WebGL WebAssembly answers, and the page says so", async () => {
    const plain = await openSite({webgl: false, args: ["--disable-gpu", "--disable-software-rasterizer"]});
    try {
      const {page, close} = await openClassify({backend: "auto"}, {}, plain);
      await state(page, "ready");
      expect(await page.getByTestId("model-status").textContent()).toContain("WebGL is not available");
      const [answer] = await choose(page, [file("cell.png", cell)]);
      expect(answer).toMatchObject({testid: "prediction", backend: "wasm"});
      expect(Math.abs(Number(answer!.p) - (await expected(await pixelsOf(CELL))))).toBeLessThan(1e-4);
      await close();
    } finally {
      await plain.close();
    }
  });
});

/** Overwrites the middle of a PNG's compressed pixels, leaving its chunks as they are. */
function damage(png: Picture): Picture {
  const middle = Math.floor(png.length / 2);
  return png.slice().fill(0xff, middle, middle + 64);
}
