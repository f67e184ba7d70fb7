import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {fixtureFiles, fixtureFolder, readFolder, temporaryFolder, writeZip} from "./support.js";

vi.setConfig({testTimeout: 120_000});

function data(...args: string[]): Promise<{code: number; stdout: string; stderr: string}> {
  return new Promise((resolve) => {
    execFile("node_modules/.bin/tsx", ["src/data/pack/cli.ts", ...args], (error, stdout, stderr) =>
      resolve({code: error ? Number(error.code) : 0, stdout, stderr})
    );
  });
}

describe("npm run data", () => {
  it("packs, says what it wrote, and counts what it left out", async () => {
    const files = fixtureFiles("50px").set("cell_images/Uninfected/Thumbs.db", Buffer.from("x"));
    const out = temporaryFolder();
    const {code, stdout, stderr} = await data(await writeZip(files), "--partial", "--out", out);
    expect(stderr).toContain("Warning: left out 1 file that is no cell: cell_images/Uninfected/Thumbs.db.");
    expect(stdout).toMatch(/^Packed 16 cells in 1 sheet, [\d,]+ bytes, into /);
    expect(code).toBe(0);
    expect(existsSync(join(out, "manifest.csv"))).toBe(true);
  });

  it("downloads over a dropped connection, checks and packs", async () => {
    const zip = await readFile(await writeZip(fixtureFiles("original")));
    let requests = 0;
    const server = createServer((request, response) => {
      const start = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
      response.writeHead(start ? 206 : 200, {"content-length": zip.length - start});
      if (++requests > 1) response.end(zip.subarray(start));
      else response.write(zip.subarray(0, 50_000), () => response.socket?.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const [out, cache, folderOut] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cell_images.zip`;
    const sha256 = createHash("sha256").update(zip).digest("hex");
    const options = ["--url", url, "--sha256", sha256, "--cache", cache, "--out", out, "--partial"];
    const {code, stderr} = await data("--download", ...options);
    expect(code, stderr).toBe(0);
    expect(requests).toBe(2);
    await data(fixtureFolder("50px"), "--partial", "--out", folderOut);
    expect(readFolder(out)).toEqual(readFolder(folderOut));
  });

  it("fails with a sentence, and no stack trace", async () => {
    const wrong = [
      [["nowhere.zip"], /^There is no nowhere\.zip\./],
      [["package.json"], /^package\.json can't be read as a zip file/],
      [[], /^Usage: npm run data/],
      [["a.zip", "--nonsense"], /^Unknown option '--nonsense'/]
    ] as const;
    const ended = await Promise.all(wrong.map(([args]) => data(...args)));
    for (const [n, {code, stderr}] of ended.entries()) {
      expect(code).toBe(1);
      expect(stderr).toMatch(wrong[n]![1]);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});
