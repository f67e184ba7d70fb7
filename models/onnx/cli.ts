import {readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {sha256} from "../../src/data/pack/digest.js";
import {TOLERANCE, distanceFromTensorFlow} from "./compare.js";
import {FORMAT, OPSET, onnxModel} from "./onnx-model.js";

// Writes model.onnx beside each shipped network's model.json, and its hash and its distance from TensorFlow.js on 1,000 held-out
// cells into metadata.json: `tsx models/onnx/cli.ts [NAME …]`, as `npm run export` does after each export.
const CELLS = 1000;

const names = process.argv.length > 2 ? process.argv.slice(2) : ["resnet34", "student"];
for (const name of names) {
  const folder = path.join("models", name);
  const file = path.join(folder, "metadata.json");
  const metadata = JSON.parse(readFileSync(file, "utf8")) as {split: {testFold: number}};
  const held = readManifest().flatMap(({fold}, place) => (fold === metadata.split.testFold ? [place] : []));
  const places = Array.from({length: CELLS}, (_, n) => held[Math.floor((n * held.length) / CELLS)]!);
  const content = onnxModel(folder);
  const maxDifference = await distanceFromTensorFlow(folder, content, places);
  if (maxDifference > TOLERANCE) throw new Error(`${name} as ONNX is ${maxDifference} away from TensorFlow.js.`);
  writeFileSync(path.join(folder, "model.onnx"), content);
  const onnx = {
    path: "model.onnx",
    bytes: content.length,
    sha256: sha256(content),
    opset: OPSET,
    format: FORMAT,
    cells: CELLS,
    maxDifference
  };
  writeFileSync(file, JSON.stringify({...metadata, onnx}, null, 1) + "\n");
  console.log(`${folder}/model.onnx: ${content.length} bytes, at most ${maxDifference} from TensorFlow.js`);
}
