import sharp from "sharp";
import {expect, test} from "vitest";
import {laidField} from "../fixtures/laid-field.js";
import {expectMemory, memory} from "./counted-page.js";
import {openSite, settle} from "./harness.js";
import {countTurns} from "./main-thread.js";
import type {Turns} from "./main-thread.js";
import {fieldsOf, idle, numbers} from "./smear-page.js";

// Many fields at once: how much the page does in one go does not grow with them, what waits can be called off, and what they
// took is given back. How long it takes is measured by `npm run bench`.

const [FEW, MANY] = [3, 18];
/** Elements that are made anew in one go, at most, whatever the number of fields: those that are read at first. */
const MOST_CHANGES = 300;

test("the page does as little in one go with many fields as with few, can be stopped, and gives the memory back", async () => {
  const site = await openSite({webgl: false});
  try {
    const {page, close} = await site.open("/pages/smear", {viewport: {width: 1440, height: 1000}});
    await settle(page);
    const who = page.getByLabel("Answer with");
    await who.evaluate((select) => select.closest("details")?.setAttribute("open", ""));
    await who.selectOption("student");
    const field = await laidField(40, {width: 700, height: 500, share: 0.5, apart: true});
    const files = await Promise.all(
      Array.from({length: FEW + 2 * MANY}, async (_, n) => ({
        name: `field-${n}.jpg`,
        mimeType: "image/jpeg",
        buffer: await sharp(field).extract({left: n, top: 0, width: 600, height: 500}).jpeg().toBuffer()
      }))
    );
    const choose = (from: number, count: number) =>
      page.getByLabel("Choose pictures of fields of a smear").setInputFiles(files.slice(from, from + count));
    const counted = (from: number, count: number): Promise<Turns> =>
      countTurns(page, async () => {
        await choose(from, count);
        await idle(page, from + count);
      });

    // The first visit to anything makes what stays.
    await choose(0, 1);
    await idle(page, 1);
    await page.getByRole("button", {name: "Clear this smear"}).click();
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const before = await memory(session);

    const few = await counted(0, FEW);
    const many = await counted(FEW, MANY);
    console.log(
      `The most in one go: ${JSON.stringify(few)} with ${FEW} fields, ${JSON.stringify(many)} with ${MANY} more`
    );
    for (const turns of [few, many]) {
      expect(turns.changes).toBeGreaterThan(0);
      expect(turns.changes).toBeLessThan(MOST_CHANGES);
      expect(turns.pixels).toBeLessThan(100_000);
    }
    // Of all suspects a page is there.
    expect((await numbers(page)).infected).toBeGreaterThan(48);
    expect(await page.locator(".suspect").count()).toBe(48);
    const all = await fieldsOf(page);
    expect(all.map(({name}) => name)).toEqual(files.slice(0, FEW + MANY).map(({name}) => name));
    const cells = all.reduce((sum, one) => sum + one.cells, 0);
    expect(await numbers(page)).toMatchObject({cells});

    // What waits is called off; what is there stays.
    await choose(FEW + MANY, MANY);
    await expect.poll(() => fieldsOf(page).then(({length}) => length)).toBeGreaterThan(FEW + MANY);
    await page.getByRole("button", {name: "Cancel"}).click();
    await expect.poll(() => page.locator(".pending li").count()).toBe(0);
    const kept = (await fieldsOf(page)).length;
    expect(kept).toBeLessThan(files.length);
    await page.waitForTimeout(1500);
    expect((await fieldsOf(page)).length).toBe(kept);

    await page.getByRole("button", {name: "Clear this smear"}).click();
    await expectMemory(session, before);
    await close();
  } finally {
    await site.close();
  }
});
