import {readFileSync} from "node:fs";
import sharp from "sharp";
import {answers, openClassify, state} from "./classify-page.js";
import {settle} from "./harness.js";
import type {Site} from "./harness.js";

// The README's pictures: of the Classify page and what it shows, and of two more with what they found.

/** What a picture of the page shows that another version of the site may show otherwise. */
export interface Shown {
  version: string;
  threshold: string;
  /** The answers, the newest first: file, class, P of ResNet-34 as it is written. */
  answers: string[];
}

/** Samples that are asked about, by name. */
const SAMPLES = ["Plain blue", "Three dots", "Ring"];

const viewport = {width: 1200, height: 800};
const looks = {viewport, colorScheme: "light", reducedMotion: "reduce"} as const;
const small = (photo: Buffer) => sharp(photo).png({palette: true, quality: 90, effort: 10}).toBuffer();

/** The other pages that are photographed, what is brought to the top of the picture, and where their findings stand. */
export const PAGES = {
  dataset: {top: ".cell-explorer", findings: ".key-findings li"},
  evaluation: {top: "h1", findings: "[data-testid=findings] h3"}
} as const;

/** Photographs a page by day. @returns the picture, and the sentences that the page found */
export async function photographPage(
  site: Site,
  name: keyof typeof PAGES
): Promise<{picture: Buffer; shown: string[]}> {
  const {top, findings} = PAGES[name];
  const visit = await site.open(`/pages/${name}`, looks);
  await settle(visit.page, {quiet: 1000, timeout: 120_000});
  const shown = await visit.page.locator(findings).allTextContents();
  await visit.page
    .locator(top)
    .first()
    .evaluate((node) => scrollTo(0, node.getBoundingClientRect().top + scrollY - 64));
  await settle(visit.page, {quiet: 1000, timeout: 120_000});
  const photo = await visit.page.screenshot({animations: "disabled"});
  await visit.close();
  return {picture: await small(photo), shown};
}

/** Photographs the Classify page with the answers for some samples, by day. */
export async function photograph(site: Site): Promise<{picture: Buffer; shown: Shown}> {
  const {page, close} = await openClassify(site, {model: null, network: "both"}, looks);
  await state(page, "ready");
  for (const name of SAMPLES) await page.getByRole("button", {name}).first().click();
  const cards = await answers(page, SAMPLES.length);
  const {version} = JSON.parse(readFileSync("package.json", "utf8")) as {version: string};
  const {threshold} = JSON.parse(readFileSync("models/resnet34/metadata.json", "utf8")) as {threshold: number};
  await page.evaluate(() => scrollTo(0, 0));
  const photo = await page.screenshot({animations: "disabled"});
  await close();
  const said = cards.map(({file, label, p}) => `${file}: ${label}, ${Number(p).toFixed(3)}`);
  return {picture: await small(photo), shown: {version, threshold: threshold.toFixed(3), answers: said}};
}
