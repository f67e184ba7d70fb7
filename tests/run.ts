import {spawn, spawnSync} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, rmSync} from "node:fs";
import {countJunit, countVitest} from "./counts.js";
import type {Counts} from "./counts.js";

/** One step of `npm test`. Without a report the step itself counts as one test. */
interface Step {
  name: string;
  title: string;
  command: string[];
  report?: {file: string; count(text: string): Counts};
}

const reports = ".cache/tests";
const python = "/usr/bin/python3";
const tsx = [process.execPath, "--import", "tsx"];
const succeeds = (command: string, ...args: string[]) => spawnSync(command, args, {stdio: "ignore"}).status === 0;

const offline = succeeds("unshare", "-rn", "true");
const torch = succeeds(python, "-c", "import torch, torchvision, pytest");

const steps: Step[] = [
  {name: "types", title: "Type check", command: ["npx", "tsc", "--noEmit"]},
  {name: "lint", title: "Lint and format", command: ["npm", "run", "--silent", "lint"]},
  vitest("unit", "Unit tests", "vitest.config.ts", "tests/unit"),
  {
    name: "build",
    title: offline ? "Build, without a network" : "Build (a network cannot be taken away here, so with one)",
    command: [...(offline ? ["unshare", "-rn"] : []), ...tsx, "src/build/build.ts"]
  },
  vitest("site", "Tests of the built files", "vitest.browser.config.ts", "tests/build"),
  vitest("browser", "Tests in Chromium", "vitest.browser.config.ts", "tests/browser")
];
if (torch && existsSync("tests/training")) {
  const file = `${reports}/training.xml`;
  steps.push({
    name: "training",
    title: "Training code (pytest)",
    command: [python, "-m", "pytest", "-q", "tests/training", `--junitxml=${file}`],
    report: {file, count: countJunit}
  });
}

function vitest(name: string, title: string, config: string, folder: string): Step {
  const file = `${reports}/${name}.json`;
  const flags = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const command = ["npx", "vitest", "run", "--config", config, ...flags, folder];
  return {name, title, command, report: {file, count: countVitest}};
}

async function run({command, report}: Step): Promise<Counts> {
  if (report) rmSync(report.file, {force: true});
  const ok = await new Promise<boolean>((resolve) => {
    const child = spawn(command[0]!, command.slice(1), {stdio: ["ignore", "inherit", "inherit"]});
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
  if (!report || !existsSync(report.file)) return {passed: Number(ok), failed: Number(!ok), failures: []};
  const counts = report.count(readFileSync(report.file, "utf8"));
  return ok ? counts : {...counts, failed: Math.max(1, counts.failed)};
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length) {
  console.error(`No step is called ${unknown.join(", ")}. There are: ${steps.map(({name}) => name).join(", ")}.`);
  process.exit(1);
}

mkdirSync(reports, {recursive: true});
const total: Counts = {passed: 0, failed: 0, failures: []};
const summary: string[] = [];
for (const step of steps) {
  if (chosen.length && !chosen.includes(step.name)) continue;
  console.log(`\n=== ${step.title}`);
  const start = performance.now();
  const {passed, failed, failures} = await run(step);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  summary.push(`${failed ? "FAILED" : "passed"}  ${step.title}: ${passed} passed, ${failed} failed, ${seconds} s`);
  console.log(`=== ${summary.at(-1)}`);
  total.passed += passed;
  total.failed += failed;
  total.failures.push(...failures);
}
console.log(`\n${summary.join("\n")}`);
if (!torch) console.log(`skipped Training code (pytest): ${python} cannot import torch, torchvision and pytest`);
for (const failure of total.failures) console.log(`FAILED  ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
