import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {answers, openClassify, state} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// A live camera: Chromium's stand-in for one, which shows a file, and one that may not be used.

const [WIDTH, HEIGHT] = [640, 480];
let folder: string;
let site: Site;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "malaria-camera-"));
  const film = join(folder, "cell.y4m");
  writeFileSync(film, await filmOfCell());
  const args = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
  site = await openSite({webgl: false, isolated: true, whole: true, args});
});
afterAll(async () => {
  await site?.close();
  rmSync(folder, {recursive: true, force: true});
});

/** A film of one picture, a cell on black, as YUV4MPEG2 of 4:2:0. */
async function filmOfCell(): Promise<Buffer> {
  const {data} = await sharp(CELL)
    .resize(WIDTH, HEIGHT, {fit: "contain", background: "#000"})
    .removeAlpha()
    .raw()
    .toBuffer({resolveWithObject: true});
  const plane = (width: number, height: number, of: (red: number, green: number, blue: number) => number) =>
    Buffer.from(
      Array.from({length: width * height}, (_, n) => {
        const at = 3 * (Math.floor(n / width) * (HEIGHT / height) * WIDTH + (n % width) * (WIDTH / width));
        return of(data[at]!, data[at + 1]!, data[at + 2]!);
      })
    );
  const [halfWidth, halfHeight] = [WIDTH / 2, HEIGHT / 2];
  // ITU-R BT.601, limited range.
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\nFRAME\n`),
    plane(WIDTH, HEIGHT, (r, g, b) => 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256),
    plane(halfWidth, halfHeight, (r, g, b) => 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256),
    plane(halfWidth, halfHeight, (r, g, b) => 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256)
  ]);
}

test("a live camera is turned on, its picture taken and judged, and turned off, by keyboard alone", async () => {
  const {page, faults, requests, close} = await openClassify(
    site,
    {},
    {permissions: ["camera"], reducedMotion: "reduce"}
  );
  await state(page, "ready");
  await page.getByRole("button", {name: "Live camera"}).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", {name: "Turn the camera off"}).waitFor();
  const video = page.getByTestId("camera").locator("video");
  expect(await video.evaluate((one: HTMLVideoElement) => [one.videoWidth, one.videoHeight])).toEqual([WIDTH, HEIGHT]);
  const before = requests.length;
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Take the picture");
  await page.keyboard.press("Enter");
  const [taken] = await answers(page, 1);
  expect(taken!.file).toMatch(/^camera-\d\d-\d\d-\d\d\.png$/);
  expect(taken!.testid, taken!.text).toBe("prediction");
  expect(taken!.text).toContain(`Your picture, ${WIDTH} × ${HEIGHT}`);
  expect(requests.slice(before).filter((url) => !url.startsWith("blob:") && !url.startsWith(site.url))).toEqual([]);
  const stream = await video.evaluateHandle((one: HTMLVideoElement) => one.srcObject as MediaStream);
  await page.getByRole("button", {name: "Turn the camera off"}).focus();
  await page.keyboard.press("Enter");
  expect(await stream.evaluate((one) => one.getTracks().map(({readyState}) => readyState))).toEqual(["ended"]);
  expect(await video.isVisible()).toBe(false);
  expect(faults).toEqual([]);
  await close();
});

test("a camera that may not be used gets a sentence", async () => {
  const {page, close} = await openClassify(site);
  await page.getByRole("button", {name: "Live camera"}).click();
  await expect.poll(() => page.getByTestId("camera").textContent()).toContain("may not use the camera. Allow it");
  expect(await page.getByTestId("camera").locator("video").isVisible()).toBe(false);
  await close();
});
