import {execFile} from "node:child_process";
import {existsSync, readdirSync} from "node:fs";
import {promisify} from "node:util";
import {describe, expect, it} from "vitest";

const models = readdirSync("models").filter((name) => existsSync(`models/${name}/predictions.csv`));
const check = (name: string) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "models/report/cli.ts", name, "--check"]);

// Each is computed in a process of its own, one after another: a core is left to what runs beside.
describe("every report", () => {
  it.each(models)("of %s is what its scores give, to the last byte", {timeout: 600_000}, async (name) => {
    const {stdout} = await check(name);
    expect(stdout).toMatch(/^fold \d: accuracy/);
  });

  it("is asked for where scores have none", {timeout: 60_000}, async () => {
    await expect(check("no-such-model")).rejects.toThrow(/no-such-model/);
  });
});
