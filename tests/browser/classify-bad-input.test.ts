import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {badPictures} from "../fixtures/bad-pictures.js";
import type {BadPicture} from "../fixtures/bad-pictures.js";
import {pixelsOf} from "../fixtures/pictures.js";
import {fallbackModel} from "../fixtures/tiny-model.js";
import {choose, file, tinyNetwork} from "./classify-page.js";
import {WORKERS, dropMany, expectMemory, expectNoHarm, memory, openCounted} from "./counted-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// Everything that may be chosen goes through the real page: each file gets an answer or a sentence, the page and its
// workers live on, and memory returns. Ten times as many changed cells are in shipped.slow.test.ts.

let site: Site;

beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

describe("bad input", () => {
  test("each of some hundred files of all kinds gets what it should, and the good ones the right answer", async () => {
    const list = await badPictures();
    expect(new Set(list.map(({kind}) => kind)).size).toBeGreaterThanOrEqual(40);
    const {page, faults, requests, workers, held, close} = await openCounted(site);
    const before = requests.length;
    const got = await dropMany(page, list);
    const wrong = list.flatMap(({kind, name, expected}, index) => {
      const {p_parasitized: p, refused} = got[index]!;
      const fits = expected === "answer" ? p !== null : refused !== null && expected.includes(refused);
      return fits ? [] : [`${kind} (${name.slice(0, 30)}): ${refused ?? `P = ${p}`} instead of ${expected}`];
    });
    expect(wrong).toEqual([]);
    const expected = await tinyNetwork();
    const compared = list.flatMap((one, index) => (one.like ? [{...one, p: got[index]!.p_parasitized!}] : []));
    for (const {kind, like, p} of compared as (BadPicture & {p: number})[]) {
      expect(Math.abs(p - (await expected(await pixelsOf(new Uint8Array(like!))))), kind).toBeLessThan(1e-2);
    }
    expect(got.map(({file: name}) => name)).toEqual(list.map(({name}) => (name.startsWith("=") ? `${name}` : name)));
    // One by one on cards: no markup of a name or a file ever runs, and none is so long that the page grows.
    const named = list.filter(({kind}) => /^name of|^name with|SVG/.test(kind));
    await page.setViewportSize({width: 360, height: 800});
    await choose(
      page,
      named.map(({name, content}) => file(name, content))
    );
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole("button", {name: "Clear all results"}).click();
    await expect.poll(held).toBe(0);
    expect(workers).toEqual(WORKERS);
    expect(faults).toEqual([]);
    // Decoders of rarer formats and the finder come from the site itself when a file needs them, and nothing else does.
    const needed = new RegExp(`^(blob:|${site.url}(_(import|node)/[^?]+\\.js|models/finder/[^?]+)$)`);
    expect(requests.slice(before).filter((url) => !needed.test(url))).toEqual([]);
    await close();
  });

  test("200 changed cells each get an answer or a sentence; page and worker live on; memory returns", () =>
    expectNoHarm(site, 200));

  test("bad files get the same sentences beside TensorFlow.js, and the good ones the same answers", async () => {
    const list = (await badPictures()).filter((_, n) => n % 3 === 0);
    const {page, faults, workers, close} = await openCounted(site, fallbackModel());
    const got = await dropMany(page, list);
    const wrong = list.flatMap(({kind, expected}, index) => {
      const {p_parasitized: p, refused} = got[index]!;
      const fits = expected === "answer" ? p !== null : refused !== null && expected.includes(refused);
      return fits ? [] : [`${kind}: ${refused ?? `P = ${p}`} instead of ${expected}`];
    });
    expect(wrong).toEqual([]);
    expect(workers).toEqual(WORKERS);
    expect(faults).toEqual([]);
    await close();
  });

  test("a file of 300 MB is refused unread, and the page stays at its size", async () => {
    const {page, close} = await openCounted(site);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const before = await memory(session);
    await page.evaluate(() => {
      const data = new DataTransfer();
      const part = new Blob([new Uint8Array(1_000_000)]);
      data.items.add(new File(Array<Blob>(300).fill(part), "huge.png"));
      document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    });
    const refusal = page.locator("[data-testid=prediction-error]");
    expect(await refusal.getAttribute("data-code")).toBe("too-large");
    expect(await refusal.textContent()).toContain("This file has 300 MB; the limit is 20 MB.");
    await expectMemory(session, before);
    await close();
  });
});
