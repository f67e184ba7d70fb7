import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {differentPatients, explorerFacts, mapAgreement} from "../../../../src/data/loaders/explorer.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readReport} from "../../../../src/data/loaders/report.js";
import type {ManifestRow} from "../../../../src/data/shapes/manifest.js";
import {makeDirectory} from "./fixture.js";

const rows = readManifest("src/data/cells");

/** The quantile by linear interpolation (type 7, arquero's and R's default). */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * ((sorted[below + 1] ?? sorted[below]!) - sorted[below]!);
}

test("the patients that look different are those beyond Tukey's fences, counted anew", () => {
  const healthy = new Map<string, ManifestRow[]>();
  for (const row of rows) {
    if (row.label === "uninfected") healthy.set(row.patient, [...(healthy.get(row.patient) ?? []), row]);
  }
  const patients = [...healthy.keys()];
  const figures = [({hue}: ManifestRow) => (hue > 180 ? hue - 360 : hue), ({brightness}: ManifestRow) => brightness];
  const outside = figures.flatMap((figure) => {
    const medians = patients.map((patient) => quantile(healthy.get(patient)!.map(figure), 0.5));
    const [low, high] = [quantile(medians, 0.25), quantile(medians, 0.75)];
    return patients.filter((_, i) => medians[i]! < low - 1.5 * (high - low) || medians[i]! > high + 1.5 * (high - low));
  });
  const found = differentPatients(rows);
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found)).toEqual(new Set(outside));
});

test("the facts name each scored fold with the threshold of its own network", () => {
  const {thresholds} = explorerFacts(rows, readReport([0, 1, 2, 3, 4]).points);
  const written = JSON.parse(readFileSync("models/resnet34/report.json", "utf8")) as {
    folds: {fold: number; operatingPoint: {threshold: number}}[];
  };
  expect(thresholds).toEqual(written.folds.map(({fold, operatingPoint: {threshold}}) => ({fold, threshold})));
});

test("the facts say how the map was laid out, where there is one", () => {
  const directory = makeDirectory();
  const facts = () => explorerFacts(rows, [], directory);
  expect(facts().layout).toBeNull();
  writeFileSync(path.join(directory, "embedding.json"), '{"layout": "t-SNE, perplexity 50"}');
  expect(facts().layout).toBe("t-SNE, perplexity 50");
  writeFileSync(path.join(directory, "embedding.json"), "{}");
  expect(facts).toThrow("embedding.json: layout must be a text");
});

test("on the map, the share of cells whose nearest has the same label: against all pairs", () => {
  const label = (i: number): "parasitized" | "uninfected" => (i % 3 ? "parasitized" : "uninfected");
  const some = Array.from({length: 90}, (_, i) => ({label: label(i)}));
  // Two cells lie on one spot, and one is not on the map.
  const place = (i: number, factor: number) => (i === 7 ? NaN : Math.sin(factor * (i === 89 ? 10 : i)));
  const embedding = {
    x: Float64Array.from(some, (_, i) => place(i, 37)),
    y: Float64Array.from(some, (_, i) => place(i, 53))
  };
  const mapped = [...some.keys()].filter((i) => i !== 7);
  const far = (a: number, b: number) =>
    Math.hypot(embedding.x[a]! - embedding.x[b]!, embedding.y[a]! - embedding.y[b]!);
  const same = mapped.filter((i) => {
    const others = mapped.filter((other) => other !== i);
    const least = Math.min(...others.map((other) => far(i, other)));
    return some[others.find((other) => far(i, other) === least)!]!.label === some[i]!.label;
  });
  expect(mapAgreement(some, embedding)).toBeCloseTo(same.length / mapped.length, 12);
  expect(mapAgreement(some, null)).toBeNull();
});
