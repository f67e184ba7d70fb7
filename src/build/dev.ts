import {rm} from "node:fs/promises";
import config from "../../observablehq.config.js";
import {runForeground} from "./framework.js";
import {makeHermetic} from "./hermetic.js";

// Preview re-runs a loader only when the loader itself changes, not its inputs: begin with an empty cache.
await rm(`${config.root}/.observablehq`, {recursive: true, force: true});
await makeHermetic(config.root);
process.exitCode = await runForeground(["preview", "--no-open", ...process.argv.slice(2)]);
