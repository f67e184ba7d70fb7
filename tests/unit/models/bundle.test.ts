import {cp, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {describe, expect, it} from "vitest";
import {openEngine, readBundle} from "../../../models/bundle.js";
import {readManifest} from "../../../src/data/loaders/manifest.js";
import {readMetadata} from "../../../src/data/loaders/metadata.js";
import {readPackedCells} from "../../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../../src/data/loaders/predictions.js";

const directory = "models/resnet34";

describe("the shipped weights in TensorFlow.js", () => {
  it("give the probabilities of predictions.csv", {timeout: 120_000}, async () => {
    const {cell, fold, score} = readPredictions(readManifest(), directory);
    const {split} = readMetadata(directory);
    const {testFold} = split as {testFold: number};
    const own = [...cell.keys()].filter((i) => fold[i] === testFold);
    const chosen = Array.from({length: 96}, (_, i) => own[Math.floor((i * (own.length - 1)) / 95)]!);
    const engine = await openEngine(readBundle(directory));
    const bytes = await readPackedCells(chosen.map((i) => cell[i]!));
    const {probabilities} = await engine.predict(Float32Array.from(bytes, (value) => value / 255));
    engine.dispose();
    chosen.forEach((i, k) => expect(Math.abs(probabilities[2 * k]! - score[i]!)).toBeLessThan(1e-3));
  });

  it("are refused when a byte has changed", async () => {
    const copy = await mkdtemp(path.join(tmpdir(), "weights-"));
    try {
      const {files} = readMetadata(directory);
      await cp(directory, copy, {recursive: true});
      await writeFile(path.join(copy, files[1]!.path), "tampered");
      expect(() => readBundle(copy)).toThrow(files[1]!.path);
    } finally {
      await rm(copy, {recursive: true});
    }
  });
});
