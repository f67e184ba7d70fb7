// Photographs the built Classify page for the README: npm run screenshot. Writes src/assets/screenshot.png, and beside it what
// the picture shows, which a test compares with what the page shows now.
import {writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {openSite} from "../browser/harness.js";

// The bundle of TensorFlow.js that browsers get asks for `require` when it finds itself in Node.
Object.assign(globalThis, {require: createRequire(import.meta.url)});
const {photograph} = await import("../browser/screenshot.js");
const site = await openSite({webgl: false});
const {picture, shown} = await photograph(site);
await site.close();
writeFileSync("src/assets/screenshot.png", picture);
writeFileSync("src/assets/screenshot.json", `${JSON.stringify(shown, null, 2)}\n`);
console.log(shown);
