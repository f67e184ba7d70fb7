import {readFileSync, readdirSync, existsSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

// Every figure with an interval that a page or the README shows must be one of a report.json, whatever its place. A
// figure, the lower and the upper end together are hardly met by chance, so a number that comes from elsewhere shows.

const found = /(\d+\.\d+) ?(%?) \((?:95 % interval )?(\d+\.\d+)(?: %)?(?:–| to )(\d+\.\d+)(?: %)?\)/g;
const sources = ["report.json", "saliency.json"];
const files = readdirSync("models").flatMap((name) => sources.map((source) => `models/${name}/${source}`));
const reported = files.filter((file) => existsSync(file)).flatMap((file) => triples(parse(file)));
let site: Site;

beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

function parse(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

type Triple = [estimate: number, low: number, high: number];

/** All objects {estimate, low, high} in a JSON value, at any depth. */
function triples(value: unknown): Triple[] {
  if (value === null || typeof value !== "object") return [];
  const {estimate, low, high} = value as Record<string, unknown>;
  const own = [estimate, low, high].every((part) => typeof part === "number");
  return [...(own ? [[estimate, low, high] as Triple] : []), ...Object.values(value).flatMap(triples)];
}

const known = new Map<string, Set<string>>();

/** Figures of a text, and those of them that no report has at the decimals shown. */
function check(text: string): {count: number; strangers: string[]} {
  const strangers: string[] = [];
  let count = 0;
  for (const [whole, estimate = "", percent = "", low = "", high = ""] of text.matchAll(found)) {
    count += 1;
    const decimals = estimate.split(".")[1]!.length;
    const scale = percent ? 100 : 1;
    const form = `${scale} ${decimals}`;
    const rounded =
      known.get(form) ?? new Set(reported.map((one) => one.map((v) => (v * scale).toFixed(decimals)).join()));
    known.set(form, rounded);
    if (!rounded.has([estimate, low, high].join())) strangers.push(whole);
  }
  return {count, strangers};
}

/** The text of all of a page, what is folded away too; cells of tables apart from each other. */
async function textOf(page: Page): Promise<string> {
  const parts = await page.evaluate(async () => {
    const main = document.querySelector("main")!;
    // What is drawn only when it comes near.
    for (let top = 0; top < main.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode.textContent!.trim());
    for (const table of main.querySelectorAll("table")) {
      const heads = [...table.querySelectorAll("thead th")].map(({textContent}) => textContent);
      const [estimate, low, high] = ["estimate", "low", "high"].map((name) => heads.indexOf(name));
      if ([estimate, low, high].includes(-1)) continue;
      for (const row of table.querySelectorAll("tbody tr")) {
        const values = [...row.children].map(({textContent}) => textContent);
        texts.push(`${values[estimate!]} (${values[low!]}–${values[high!]})`);
      }
    }
    return texts;
  });
  return parts.join(" ").replace(/\s+/g, " ");
}

describe("figures with intervals", () => {
  test.each([
    ["/", 1],
    ["/pages/model-card", 20],
    ["/pages/evaluation", 30],
    ["/pages/evaluation?labels=undisputed", 30],
    ["/pages/evaluation?fold=0", 30],
    ["/pages/evaluation?model=colour&labels=corrected", 20]
  ])("of %s are all in a report", {timeout: 120_000}, async (path, least) => {
    const visit = await site.open(path);
    await visit.page.waitForSelector("h1");
    await settle(visit.page);
    await expect
      .poll(async () => check(await textOf(visit.page)).count, {timeout: 60_000, interval: 1000})
      .toBeGreaterThanOrEqual(least);
    expect(check(await textOf(visit.page)).strangers).toEqual([]);
    await visit.close();
  });

  test("of the README and the models' notes are all in a report; one that is not is found", () => {
    const text = ["README.md", "models/README.md"].map((file) => readFileSync(file, "utf8")).join("\n");
    const {count, strangers} = check(text);
    expect(count).toBeGreaterThan(20);
    expect(strangers).toEqual([]);
    expect(check("accuracy 0.9123 (0.9000–0.9242)").strangers).toHaveLength(1);
  });
});

/** A number that several places state, and how each of them does: the first group of the pattern is the number. */
interface Stated {
  name: string;
  /** What `report.json` makes of it. */
  value: string;
  /** By address, or by name for a file of the repository. */
  places: [place: string, pattern: RegExp][];
}

const report = parse("models/resnet34/report.json") as {
  folds: {fold: number; operatingPoint: {threshold: number}; figures: Figures}[];
  pooled: Figures;
};
interface Figures {
  original: {cells: number; figures: Record<string, {estimate: number}>};
}
const percent = ({original}: Figures, figure: string) => `${(100 * original.figures[figure]!.estimate).toFixed(1)} %`;
const [shipped] = report.folds;
const thresholds = report.folds.map(({operatingPoint: {threshold}}) => threshold.toFixed(3));

const stated: Stated[] = [
  {
    name: "accuracy of the network that is shipped",
    value: percent(shipped!.figures, "accuracy"),
    places: [
      ["/", /this one was right ([\d.]+ %) of the time/],
      ["/", /([\d.]+ %) accuracy on 5,512 cells/],
      ["/", /the honest answer is: ([\d.]+ %)/],
      ["/pages/model-card", /On fold 0 ?: accuracy ([\d.]+ %)/],
      ["/pages/evaluation", /whose network this site ships: accuracy ([\d.]+ %)/],
      ["/pages/evaluation?fold=0", /([\d.]+ %) accuracy: right answers/]
    ]
  },
  {
    name: "its sensitivity",
    value: percent(shipped!.figures, "sensitivity"),
    places: [
      ["/", /finds ([\d.]+ %) clears/],
      ["/", /it finds ([\d.]+ %) of the parasitized cells/],
      ["/pages/model-card", /sensitivity ([\d.]+ %) \(95 % interval/],
      ["/pages/evaluation?fold=0", /([\d.]+ %) sensitivity: parasitized cells found/]
    ]
  },
  {
    name: "its specificity",
    value: percent(shipped!.figures, "specificity"),
    places: [
      ["/", /clears ([\d.]+ %) Judge/],
      ["/", /clears ([\d.]+ %) of the healthy ones/],
      ["/pages/model-card", /specificity ([\d.]+ %) \(95 % interval/],
      ["/pages/evaluation?fold=0", /([\d.]+ %) specificity: uninfected cells cleared/]
    ]
  },
  {
    name: "accuracy over all folds",
    value: percent(report.pooled, "accuracy"),
    places: [
      ["/", /over all 5 folds, each with a network of its own, it is ([\d.]+ %)/],
      ["/", /Right on ([\d.]+ %) of the cells/],
      ["/pages/evaluation", /([\d.]+ %) accuracy: right answers/],
      ["/pages/evaluation", /([\d.]+ %) over all its folds, original labels/]
    ]
  },
  {
    name: "the threshold of the network that is shipped",
    value: thresholds[0]!,
    places: [
      ["/pages/model-card", /called so from ([\d.]+) on/],
      ["/pages/evaluation?fold=0", /tested on fold 0, with a threshold of ([\d.]+),/],
      ["/pages/dataset", /by the threshold of [^(]*\(([\d.]+) in fold 0,/]
    ]
  },
  {
    name: "the thresholds of all folds",
    value: thresholds.join(", "),
    places: [
      ["/pages/evaluation", /a threshold of its own \(([\d., ]+)\)/],
      ["/pages/evaluation", /each fold’s own ([\d., ]+): sensitivity/]
    ]
  },
  {
    name: "the threshold of fold 4",
    value: thresholds[4]!,
    places: [
      ["/pages/evaluation?fold=4", /tested on fold 4, with a threshold of ([\d.]+),/],
      ["/pages/dataset", /called parasitized, each by .*?, ([\d.]+) in fold 4\)/],
      ["/pages/dataset?cell=C6NThinF_IMG_20150609_121955_cell_23.png", /at the threshold ([\d.]+) of fold 4/]
    ]
  },
  {
    name: "epochs of all layers",
    value: "5",
    places: [
      ["/pages/training", /then (\d+) of all layers/],
      ["/pages/training", / epochs (\d+) batch/]
    ]
  }
];

/** What a text states, with whatever spaces; undefined where the sentence is not found. */
const statedIn = (text: string, pattern: RegExp) => pattern.exec(text.replace(/\u00a0/g, " "))?.[1];

/** The values that places give one name. */
function valuesOf({places}: Pick<Stated, "places">, texts: ReadonlyMap<string, string>) {
  return places.map(([place, pattern]) => [`${place} ${pattern}`, statedIn(texts.get(place)!, pattern)] as const);
}

describe("a number that several places state", () => {
  const texts = new Map<string, string>();
  beforeAll(async () => {
    for (const place of new Set(stated.flatMap(({places}) => places.map(([name]) => name)))) {
      const visit = await site.open(place);
      await settle(visit.page);
      texts.set(place, await textOf(visit.page));
      await visit.close();
    }
  });

  test.each(stated)("$name is that of the report in each", ({value, ...one}) => {
    for (const [place, found] of valuesOf(one, texts)) expect(found, place).toBe(value);
  });

  test("is the same in all; two that differ are found", () => {
    const differing = (all: Pick<Stated, "name" | "places">[]) =>
      all.filter((one) => new Set(valuesOf(one, texts).map(([, found]) => found)).size !== 1).map(({name}) => name);
    expect(differing(stated)).toEqual([]);
    const forged: Stated["places"] = [
      ["/pages/evaluation?fold=0", /([\d.]+ %) accuracy: right answers/],
      ["/pages/evaluation", /([\d.]+ %) accuracy: right answers/]
    ];
    expect(differing([{name: "accuracy of whatever", places: forged}])).toEqual(["accuracy of whatever"]);
  });
});
