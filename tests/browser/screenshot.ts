import {readFileSync} from "node:fs";
import sharp from "sharp";
import {answers, openClassify, state} from "./classify-page.js";
import type {Site} from "./harness.js";

// The README's picture of the Classify page, and what it shows.

/** What a picture of the page shows that another version of the site may show otherwise. */
export interface Shown {
  version: string;
  threshold: string;
  /** The answers, the newest first: file, class, P of ResNet-34 as it is written. */
  answers: string[];
}

/** Samples that are asked about, by name. */
const SAMPLES = ["Plain blue", "Three dots", "Ring"];

/** Photographs the Classify page with the answers for some samples, by day. */
export async function photograph(site: Site): Promise<{picture: Buffer; shown: Shown}> {
  const viewport = {width: 1200, height: 800};
  const {page, close} = await openClassify(
    site,
    {model: null, network: "both"},
    {viewport, colorScheme: "light", reducedMotion: "reduce"}
  );
  await state(page, "ready");
  for (const name of SAMPLES) await page.getByRole("button", {name}).first().click();
  const cards = await answers(page, SAMPLES.length);
  const {version} = JSON.parse(readFileSync("package.json", "utf8")) as {version: string};
  const {threshold} = JSON.parse(readFileSync("models/resnet34/metadata.json", "utf8")) as {threshold: number};
  await page.evaluate(() => scrollTo(0, 0));
  const photo = await page.screenshot({animations: "disabled"});
  await close();
  const picture = await sharp(photo).png({palette: true, quality: 90, effort: 10}).toBuffer();
  const said = cards.map(({file, label, p}) => `${file}: ${label}, ${Number(p).toFixed(3)}`);
  return {picture, shown: {version, threshold: threshold.toFixed(3), answers: said}};
}
