import {spawnSync} from "node:child_process";
import {existsSync} from "node:fs";
import {expect, test} from "vitest";
import {run} from "./run.js";

const alone = spawnSync("unshare", ["-rn", "true"]).status === 0;

test(`the site builds${alone ? " without a network" : " (a network cannot be taken away here, so with one)"}`, async () => {
  const command = [...(alone ? ["unshare", "-rn"] : []), process.execPath, "--import", "tsx", "src/build/build.ts"];
  await run(command[0]!, ...command.slice(1));
  expect(existsSync("dist/checksums.txt")).toBe(true);
});
