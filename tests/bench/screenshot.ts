// Photographs built pages for the README: npm run screenshot. Writes src/assets/screenshot.png, of Classify, and those of two
// more, and beside them what they show, which a test compares with what the pages show now.
import {writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {openSite} from "../browser/harness.js";

// The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
Object.assign(globalThis, {require: createRequire(import.meta.url)});
const {PAGES, photograph, photographPage} = await import("../browser/screenshot.js");
const site = await openSite({webgl: false});
const {picture, shown} = await photograph(site);
writeFileSync("src/assets/screenshot.png", picture);
const found: Record<string, string[]> = {};
for (const name of Object.keys(PAGES) as (keyof typeof PAGES)[]) {
  const photo = await photographPage(site, name);
  writeFileSync(`src/assets/screenshot-${name}.png`, photo.picture);
  found[name] = photo.shown;
}
await site.close();
const all = {...shown, found};
writeFileSync("src/assets/screenshot.json", `${JSON.stringify(all, null, 2)}\n`);
console.log(all);
