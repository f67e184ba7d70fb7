import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {AxeResults} from "axe-core";
import type {BrowserContextOptions, Page} from "playwright-core";
import config from "../../observablehq.config.js";
import {CELL} from "../fixtures/pictures.js";
import {settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";
import {dropPart, judged} from "./smear-page.js";

/** Every page of the site, the one that is not in the menu, and the one for addresses that there are not. */
export const paths = ["/", ...config.pages.map((page) => page.path), "/pages/design", "/404"];

// 320 × 256 CSS pixels are what is left of 1280 × 1024 at a zoom of 400 % (WCAG 1.4.10).
export const sizes = {
  wide: {width: 1280, height: 900},
  narrow: {width: 360, height: 740},
  zoomed: {width: 320, height: 256}
};

/** How a page may be looked at. */
export interface Look {
  scheme: "light" | "dark";
  size: keyof typeof sizes;
}

/** The looks that every page is held to. */
export const looks: Look[] = [
  {scheme: "light", size: "wide"},
  {scheme: "dark", size: "wide"},
  {scheme: "light", size: "narrow"},
  {scheme: "dark", size: "narrow"}
];

/** The rules of axe-core that a page may keep in one look and break in another. */
export const ofLook = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

const patient = {timeout: 90_000};
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A state that a page has only once it was used. */
export interface State {
  name: string;
  path: string;
  fill(page: Page): Promise<unknown>;
}

/** What an answered cell's buttons unfold. */
const tools = [
  [/^Try to fool it/, "fool"],
  [/^Mark the cell yourself/, "crop"],
  [/^Share/, "share"]
] as const;

export const states: State[] = [
  {
    name: "a cell of the dataset opened",
    path: "/pages/dataset?disputed=yes",
    async fill(page) {
      await page.locator(".gallery-view").focus();
      await page.keyboard.press("Enter");
      await page.getByTestId("cell-detail").waitFor(patient);
    }
  },
  {
    name: "a drawer of the dataset's cells",
    path: "/pages/dataset",
    async fill(page) {
      await page.locator(".kinds tbody button").nth(1).click();
      await page.getByRole("complementary", {name: "Cells"}).waitFor(patient);
    }
  },
  {name: "nonsense in the address", path: "/pages/dataset?label=cat", fill: async () => {}},
  // A healthy patient has no parasitized cell.
  {name: "no cell of the dataset left", path: "/pages/dataset?patient=C241&label=parasitized", fill: async () => {}},
  {
    name: "a part of the map chosen and enlarged",
    path: "/pages/dataset?region=0.2,-0.1,0.1",
    async fill(page) {
      await page.locator(".map-place").scrollIntoViewIfNeeded();
      const closer = page.getByRole("button", {name: "Zoom in"});
      for (let n = 0; n < 4; n++) await closer.click(patient);
    }
  },
  {
    name: "an augmentation of a cell that was looked for",
    path: "/pages/augmentation?transforms=notebook",
    async fill(page) {
      await page.getByRole("searchbox").fill("C1_thinF");
      await page.locator(".search-results button").first().waitFor(patient);
    }
  },
  {
    name: "every fold of a page opened",
    path: "/pages/evaluation?threshold=0.6",
    fill: (page) =>
      page.locator("main details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")))
  },
  ...["patients", "models", "errors"].map((tab) => ({
    name: `the part ${tab} of the evaluation, with a drawer of cells`,
    path: `/pages/evaluation?tab=${tab}&kind=wrong&patient=C116`,
    fill: (page: Page) => page.getByRole("complementary", {name: "Cells"}).waitFor(patient)
  })),
  {
    name: "answers, views and a refusal of the classifier",
    path: "/pages/classify?backend=wasm",
    async fill(page) {
      await page.locator("[data-testid=model-status][data-state=ready]").waitFor(patient);
      const broken = {name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture")};
      await page.getByLabel("Pictures of single cells").setInputFiles(CELL);
      await page.getByTestId("prediction").first().waitFor(patient);
      await page.getByRole("button", {name: /^Turn and mirror it/}).click();
      await page.getByTestId("views").first().waitFor(patient);
      for (const [label, id] of tools) {
        await page.getByRole("button", {name: label}).first().click();
        await page.getByTestId(id).waitFor(patient);
      }
      await page.getByLabel("Pictures of single cells").setInputFiles(broken);
      await page.getByTestId("prediction-error").waitFor(patient);
    }
  },
  {
    name: "a field counted, with one mark",
    path: "/pages/smear",
    async fill(page) {
      await dropPart(page);
      await judged(page);
      await page.locator(".suspect").first().focus();
      for (const key of ["j", "x"]) await page.keyboard.press(key);
    }
  }
];

/** Opens a page in a look, for a visitor who asks for less motion, and waits until it rests. */
export async function openIn(site: Site, path: string, {scheme, size}: Look): Promise<Visit> {
  const options: BrowserContextOptions = {colorScheme: scheme, viewport: sizes[size], reducedMotion: "reduce"};
  const visit = await site.open(path, options);
  await settle(visit.page, {quiet: 500});
  return visit;
}

/** Gives an open page another look, and waits until it rests. */
export async function lookAnew(page: Page, {scheme, size}: Look): Promise<void> {
  await page.emulateMedia({colorScheme: scheme});
  await page.setViewportSize(sizes[size]);
  await settle(page);
}

/**
 * Findings of axe-core, whatever their weight, as `rule: element`.
 * @param rules names of the rules to hold the page to; all by default.
 */
export async function findViolations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const options = {resultTypes: ["violations"], ...(rules && {runOnly: rules})};
  const {violations} = await page.evaluate(
    (chosen) => (globalThis as unknown as {axe: {run(options: object): Promise<AxeResults>}}).axe.run(chosen),
    options
  );
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
}

/**
 * Takes the rows of tables away that look like the three before them. With all folds of the evaluation page open they are
 * nine tenths of what axe-core looks at.
 */
export const shortenTables = (page: Page): Promise<void> =>
  page.locator("tbody tr:nth-child(n + 4)").evaluateAll((rows) => rows.forEach((row) => row.remove()));

/** Numbers below 0 on the page that are written with a hyphen, in what is seen, in a fold or a part that is not shown, or heard. */
export const hyphenated = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) {
      const {parentElement: parent, textContent} = walker.currentNode;
      if (parent && !parent.closest("script, style, code, pre, kbd")) texts.push(textContent!);
    }
    for (const name of ["aria-label", "aria-valuetext", "title", "alt"]) {
      for (const one of document.querySelectorAll(`body [${name}]`)) texts.push(one.getAttribute(name)!);
    }
    return texts.filter((text) => /(^|[\s(])-\.?\d/.test(text)).map((text) => text.trim().slice(0, 100));
  });

/** CSS pixels by which the page stands out over the right edge of its window; 0 when it fits. */
export async function overhang(page: Page): Promise<number> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return Math.max(0, width - page.viewportSize()!.width);
}

/**
 * What can be pressed and is smaller than 24 CSS pixels (WCAG 2.5.8), or lower than `height`, which words within a text and
 * cells in a grid may be.
 */
export const smallTargets = (page: Page, {height = 24} = {}): Promise<string[]> =>
  page.evaluate((height) => {
    const targets = document.querySelectorAll<HTMLElement>(
      "button, select, summary, input:not([type=range]), #site-menu a, a.button"
    );
    // What is skipped while out of sight is laid out once it is asked for: the first answer may be of before.
    targets.forEach((target) => target.getBoundingClientRect());
    return [...targets]
      .filter((target) => target.checkVisibility({visibilityProperty: true}))
      .map((target) => ({target, box: (target.closest("label") ?? target).getBoundingClientRect()}))
      .filter(({target, box}) => {
        const least = target.matches(".cell, .tooltip-words") ? 24 : height;
        return box.width > 0 && (box.width < 23.5 || box.height < least - 0.5);
      })
      .map(({target, box}) => `${target.outerHTML.slice(0, 90)}: ${box.width.toFixed(0)}×${box.height.toFixed(0)}`);
  }, height);

/** How many elements move longer than a millisecond. */
export const countMoving = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll("*")]
        .map((element) => getComputedStyle(element))
        .filter(({transitionDuration, animationDuration}) =>
          [transitionDuration, animationDuration].some((text) =>
            text.split(",").some((part) => parseFloat(part) > 0.001)
          )
        ).length
  );
