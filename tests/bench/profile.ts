// Where the time of the site's own kernels goes, for both networks and one or two threads: npm run bench:profile. Writes
// tests/bench/profile.json and the table of docs/speed.md. On a quiet computer.
import {readFileSync, writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {parseArgs} from "node:util";
import {replacePart} from "../../models/readme-part.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {openBrowser} from "./engines/browser.js";
import {median} from "./engines/server.js";
import {profileTable} from "./profile-table.js";
import type {KernelTimes, Profile, ProfileReport} from "./profile-table.js";

const {values: options} = parseArgs({options: {rounds: {type: "string", default: "24"}}});
const rounds = Number(options.rounds);
const batch = 8;
const held = readManifest().flatMap(({fold}, place) => (fold === 0 ? [place] : []));
const cells = await readPackedCells(
  Array.from({length: batch}, (_, n) => held[Math.floor((n * held.length) / batch)]!)
);
const browser = await openBrowser({models: {}, cells});
const runs = ["resnet34", "student"].flatMap((model) =>
  [1, 2].map((threads) => ({
    model,
    threads,
    found: [] as KernelTimes[],
    worker: browser.worker(`${model}-${threads}`, "/profile.js")
  }))
);
for (const {model, threads, worker} of runs) await worker.ask({open: {model, threads}});
// The first rounds compile the kernels and start the threads.
for (let round = -4; round < rounds; round++) {
  for (const {worker, found} of runs) {
    const times = (await worker.ask({cells: batch})) as KernelTimes;
    if (round >= 0) found.push(times);
  }
}
const chromium = browser.versions.chromium;
await browser.close();

function summary({model, threads, found}: (typeof runs)[number]): Profile {
  const names = Object.keys(found[0]!.kernels) as (keyof KernelTimes["kernels"])[];
  const each = (read: (times: KernelTimes) => number) => median(found.map((times) => read(times) / batch));
  const kernels = names.map((name) => [
    name,
    {
      milliseconds: each((times) => times.kernels[name]!.milliseconds),
      products: each((times) => times.kernels[name]!.products)
    }
  ]);
  return {model, threads, milliseconds: each(({milliseconds}) => milliseconds), kernels: Object.fromEntries(kernels)};
}

const report: ProfileReport = {
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]!.model,
  cores: cpus().length,
  chromium,
  rounds,
  batch,
  profiles: runs.map(summary)
};
writeFileSync("tests/bench/profile.json", `${JSON.stringify(report, null, 2)}\n`);
const table = profileTable(report);
writeFileSync(
  "docs/speed.md",
  replacePart(readFileSync("docs/speed.md", "utf8"), "profile: npm run bench:profile", table, "docs/speed.md")
);
console.log(table);
