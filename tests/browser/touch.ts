import type {Locator, Page} from "playwright-core";
import {shortenTables} from "./accessibility.js";

/** Most controls of a kind that are touched on a page. */
const MOST = 40;

/**
 * Uses every control that a page shows, as a visitor who tries everything: opens what unfolds, takes the last choice of
 * each list, moves each slider to its end, turns each switch over, presses each button, and points at each figure.
 * @returns how many were used, by kind
 */
export async function touchEverything(page: Page): Promise<Record<string, number>> {
  const main = page.locator("main");
  page.on("dialog", (dialog) => void dialog.dismiss());
  const used: Record<string, number> = {};
  const each = async (kind: string, selector: string, use: (control: Locator) => Promise<unknown>) => {
    const controls = main.locator(selector);
    used[kind] = 0;
    for (let n = 0; n < Math.min(MOST, await controls.count()); n++) {
      const control = controls.nth(n);
      if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
      try {
        await use(control);
      } catch (error) {
        // What another control took away is no fault.
        if (await control.isVisible()) throw error;
        continue;
      }
      used[kind] += 1;
    }
  };
  const patient = {timeout: 15_000};
  await each("folds", "details:not([open]) > summary", async (summary) => {
    await summary.press("Enter", patient);
    await shortenTables(page);
  });
  await each("figures", "svg, canvas", (figure) => figure.hover({...patient, force: true}));
  await each("lists", "select", (list) =>
    list.evaluate((select: HTMLSelectElement) => {
      select.selectedIndex = select.options.length - 1;
      for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, {bubbles: true}));
    })
  );
  await each("sliders", "input[type=range]", (slider) => slider.press("End", patient));
  await each("numbers", "input[type=number]", (field) => field.press("ArrowUp", patient));
  await each("switches", "input[type=checkbox], input[type=radio]", (box) => box.press("Space", patient));
  // Pressed by the keyboard, so that nothing that lies over them is in the way; some go away with what they do.
  await each("buttons", "button", (button) => button.press("Enter", patient).catch(() => {}));
  await page.waitForTimeout(500);
  return used;
}
