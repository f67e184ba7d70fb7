import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";

// The sha256 of the model's metadata.json, which lists that of every other file. The page reads it from here, through
// a content-hashed attachment; null when the site is built without a model.
const path = "models/resnet34/metadata.json";
const sha256 = existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : null;
process.stdout.write(JSON.stringify({sha256}));
