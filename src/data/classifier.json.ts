import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";

// The sha256 of the model's metadata.json, which lists that of every other file, and the fold that the model never saw.
// The page reads them from here, through a content-hashed attachment; null when the site is built without a model.
const path = "models/resnet34/metadata.json";
const content = existsSync(path) ? readFileSync(path) : null;
const sha256 = content && createHash("sha256").update(content).digest("hex");
const testFold = content && (JSON.parse(content.toString()) as {split: {testFold: number}}).split.testFold;
process.stdout.write(JSON.stringify({sha256, testFold}));
