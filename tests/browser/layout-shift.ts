import {settle} from "./harness.js";
import type {Site} from "./harness.js";

/** Layout shift from which on something moved. */
const LEAST = 0.001;

/** Opens a page, its data held back by `delay` ms, and tells what moved without a reader's doing. */
export async function shiftOf(
  site: Site,
  path: string,
  {width, delay = 0}: {width: number; delay?: number}
): Promise<string[]> {
  const context = await site.browser.newContext({viewport: {width, height: 900}, serviceWorkers: "block"});
  const page = await context.newPage();
  await page.route(/\/_file\/.*\.(json|arrow)$/, async (route) => {
    await new Promise((resume) => setTimeout(resume, delay));
    await route.continue();
  });
  await page.addInitScript(`
    const moved = (window.moved = []);
    new PerformanceObserver((list) => {
      for (const {value, hadRecentInput, sources} of list.getEntries()) {
        if (hadRecentInput) continue;
        moved.push({value, what: sources.map(({node}) => (node?.parentElement?.outerHTML ?? "").slice(0, 120))});
      }
    }).observe({type: "layout-shift", buffered: true});
  `);
  await page.goto(new URL(path, site.url).href);
  // What is computed without a request may come late and move what is there.
  await settle(page, {quiet: 1000});
  const moved = (await page.evaluate("window.moved")) as {value: number; what: string[]}[];
  await context.close();
  if (moved.reduce((sum, {value}) => sum + value, 0) < LEAST) return [];
  return moved.map(({value, what}) => `${value.toFixed(3)} ${what.join(", ")}`);
}
