import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {Workspace, PositionEncoding} from "@astral-sh/ruff-wasm-nodejs";

// Checks the Python files with ruff, and their format too; --fix formats them in place.
const folders = ["models/cluster", "models/training", "tests/cluster", "tests/training", "tests/bench/server"];
const workspace = new Workspace(
  {
    "line-length": 120,
    "target-version": "py311",
    lint: {
      select: ["E", "F", "W", "I", "UP", "B", "SIM"],
      ignore: ["B905", "E731", "SIM905"],
      isort: {"known-first-party": ["models"]}
    }
  },
  PositionEncoding.Utf16
);
const fix = process.argv.includes("--fix");
let faults = 0;
for (const folder of folders) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".py"))) {
    const file = path.join(folder, name);
    const text = readFileSync(file, "utf8");
    const formatted = workspace.format(text);
    if (formatted !== text && fix) writeFileSync(file, formatted);
    else if (formatted !== text) {
      console.error(`${file}: not formatted; run npm run format`);
      faults++;
    }
    for (const {code, message, start_location: place} of workspace.check(fix ? formatted : text)) {
      console.error(`${file}:${place.row}: ${code} ${message}`);
      faults++;
    }
  }
}
if (faults) process.exitCode = 1;
else console.log("The Python files are clean.");
