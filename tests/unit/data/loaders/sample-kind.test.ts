import {execFileSync} from "node:child_process";
import {describe, expect, test} from "vitest";
import {sampleKind} from "../../../../src/data/loaders/sample-kind.js";

const point = {
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.3,
  abstain: [0.25, 0.75] as [number, number]
};

describe("sampleKind", () => {
  test.each([
    ["parasitized", false, 0.9, "easy"],
    ["uninfected", false, 0.1, "easy"],
    ["parasitized", false, 0.1, "hard"],
    ["uninfected", false, 0.9, "hard"],
    ["parasitized", false, 0.5, "hard"],
    ["parasitized", true, 0.9, "disputed"]
  ] as const)("%s, disputed %s, P %d: %s", (label, disputed, p, kind) => {
    expect(sampleKind({label, disputed}, p, point)).toBe(kind);
  });

  test("the samples hold several of each kind, of both labels, all of the fold that the shipped model never saw", () => {
    const script = "src/data/samples/classify/samples.json.ts";
    const samples = JSON.parse(execFileSync(process.execPath, ["--import", "tsx", script]).toString());
    for (const kind of ["easy", "hard", "disputed"]) {
      const labels = samples.flatMap((one: {kind: string; label: string}) => (one.kind === kind ? [one.label] : []));
      expect(labels.length, kind).toBeGreaterThanOrEqual(2);
      expect(new Set(labels).size, kind).toBe(2);
    }
  });
});
