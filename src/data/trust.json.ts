import {existsSync} from "node:fs";
import {readTrust} from "../../models/trust.js";
import {modelDirectory} from "./loaders/read-json.js";

// What was measured of the map and of the gate; null when the site is built without them.
const measured = ["saliency.json", "gate-measured.json"].every((file) => existsSync(`${modelDirectory}/${file}`));
process.stdout.write(JSON.stringify(measured ? readTrust(modelDirectory) : null));
