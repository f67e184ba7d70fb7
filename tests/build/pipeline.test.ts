import {spawn, spawnSync} from "node:child_process";
import {createHash} from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, relative, resolve} from "node:path";
import {afterAll, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {listFiles} from "../../src/build/files.js";

// A small site of its own, made of this project's build code and a few pages, that the tests may break.
const page = `# A page

<code id="build-hash">none yet</code> is the hash of <a data-written="checksums.txt">the list</a>.

See the [start](/) and <a href="/models/tiny/weights-0.bin" download>the weights</a>.

\`\`\`js
import {count} from "../components/count.js";
display(document.createTextNode(await count()));
\`\`\`
`;
const sound: Record<string, string> = {
  "src/index.md": "# Start\n\nSee [a page](./pages/dataset) and [a study](https://example.org/study).\n",
  "src/components/count.ts":
    'import {FileAttachment} from "observablehq:stdlib";\n' +
    'export async function count(): Promise<number> { return (await FileAttachment("../data/count.json").json()).n; }\n',
  "src/data/count.json.ts": "process.stdout.write(JSON.stringify({n: 3}));\n",
  "src/data/cells/sheet-000.webp": "sheet",
  "models/tiny/model.json": "{}",
  "models/tiny/weights-0.bin": "weights",
  "models/training/train.py": "pass"
};
for (const name of [
  "dataset",
  "augmentation",
  "training",
  "evaluation",
  "classify",
  "smear",
  "model-card",
  "data-card"
]) {
  sound[`src/pages/${name}.md`] = page;
}
const offline = spawnSync("unshare", ["-rn", "true"]).status === 0;

let site: string;
beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), "malaria-site-"));
  symlinkSync(resolve("node_modules"), join(site, "node_modules"));
  for (const name of ["package.json", "tsconfig.json", "observablehq.config.ts"]) cpSync(name, join(site, name));
  for (const name of [
    "src/build",
    "src/assets",
    "src/style.css",
    "src/models.zip.ts",
    "src/fonts.zip.ts",
    "src/404.md",
    "src/components/site",
    "src/components/formats",
    "src/components/image",
    "src/components/ui",
    "src/data/shapes",
    "src/data/loaders/emit.ts",
    "src/data/pack/digest.ts"
  ]) {
    cpSync(name, join(site, name), {recursive: true});
  }
});
beforeEach(() => {
  for (const [name, text] of Object.entries(sound)) write(name, text);
});
afterAll(() => rmSync(site, {recursive: true, force: true}));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(site, name)), {recursive: true});
  writeFileSync(join(site, name), text);
}

/** Not waited for in one piece: a test that blocks its worker for a minute is given up by the test runner. */
async function build(): Promise<{status: number | null; log: string}> {
  const command = [process.execPath, "--import", "tsx", "src/build/build.ts"];
  if (offline) command.unshift("unshare", "-rn");
  const child = spawn(command[0]!, command.slice(1), {cwd: site, stdio: ["ignore", "pipe", "pipe"]});
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  return new Promise((resolve) => child.on("close", (status) => resolve({status, log})));
}

async function digest(): Promise<Record<string, string>> {
  const files = await listFiles(join(site, "dist"));
  const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
  return Object.fromEntries(files.map((file) => [relative(site, file), hash(file)]));
}

/** The build hash is on the model card, is that of the list, and the list that of the files. */
async function expectHash(): Promise<void> {
  const list = readFileSync(join(site, "dist/checksums.txt"), "utf8");
  const hash = createHash("sha256").update(list).digest("hex");
  expect(readFileSync(join(site, "dist/pages/model-card.html"), "utf8")).toContain(
    `<code id="build-hash">${hash}</code> is the hash of <a href="../checksums.txt">the list</a>`
  );
  expect(spawnSync("sha256sum", ["--check", "--quiet", "checksums.txt"], {cwd: join(site, "dist")}).status).toBe(0);
  const listed = list.split("\n").map((line) => line.slice(66));
  const files = (await listFiles(join(site, "dist"))).map((file) => relative(join(site, "dist"), file));
  expect(files.filter((file) => !listed.includes(file))).toEqual([
    "checksums.txt",
    "pages/model-card.html",
    "service-worker.js"
  ]);
}

describe("a sound site", () => {
  test("builds, serves its models and sheets, says its hash, and is byte for byte the same the next time", async () => {
    const first = await build();
    expect(first.log).toContain("nothing is fetched from elsewhere");
    expect(first.status).toBe(0);
    expect(first.log).not.toMatch(/warning/i);
    const digests = await digest();
    expect(Object.keys(digests)).toEqual(
      expect.arrayContaining([
        "dist/index.html",
        "dist/404.html",
        "dist/models/tiny/model.json",
        "dist/models/tiny/weights-0.bin",
        "dist/data/cells/sheet-000.webp",
        "dist/checksums.txt",
        "dist/service-worker.js"
      ])
    );
    expect(Object.keys(digests).filter((file) => file.includes("training/"))).toEqual([]);
    await expectHash();

    const later = new Date(Date.now() + 60_000);
    for (const name of Object.keys(sound)) utimesSync(join(site, name), later, later);
    expect((await build()).status).toBe(0);
    expect(await digest()).toEqual(digests);
  });

  test("does not serve what a loader wrote in an earlier build", async () => {
    write("src/data/count.json.ts", "process.stdout.write(JSON.stringify({n: 4}));\n");
    expect((await build()).status).toBe(0);
    const written = Object.keys(await digest()).find((file) => /_file\/data\/count\.\w+\.json$/.test(file))!;
    expect(JSON.parse(readFileSync(join(site, written), "utf8"))).toEqual({n: 4});
  });
});

describe("a site with a fault does not build, and the fault is named", () => {
  test("links that lead nowhere and foreign origins, all in one go", async () => {
    const faults = [
      "[nothing](./pages/nothing)",
      "[nothing](./pages/dataset#nothing)",
      '<img src="https://cdn.example/x.png" alt="">',
      '```js\nfetch("https://cdn.example/y")\n```'
    ];
    write("src/index.md", `# Start\n\n${faults.join("\n\n")}\n`);
    const {status, log} = await build();
    expect(status).toBe(1);
    expect(log).toContain("The build has 4 fault(s)");
    expect(log).toContain("broken link on /index: ./pages/nothing");
    expect(log).toContain("broken link on /index: ./pages/dataset#nothing");
    expect(log).toContain("foreign origin (img) in index.html: https://cdn.example/x.png");
    expect(log).toContain("foreign origin (script) in index.html: https://cdn.example/y");
    expect(existsSync(join(site, ".cache/built"))).toBe(false);
  });

  test("a missing attachment", async () => {
    write("src/index.md", '# Start\n\n```js\nFileAttachment("./gone.json").json()\n```\n');
    const {status, log} = await build();
    expect(log).toContain("gone.json");
    expect(status).toBe(1);
  });

  test("a loader that fails", async () => {
    write("src/data/count.json.ts", 'throw new Error("no cells packed");\n');
    const {status, log} = await build();
    expect(log).toContain("no cells packed");
    expect(status).toBe(1);
  });

  test("an import that needs a network, whether there is one or not", async () => {
    write("src/index.md", '# Start\n\n```js\nimport confetti from "npm:canvas-confetti";\n```\n');
    const {status, log} = await build();
    expect(log).toContain("canvas-confetti");
    expect(status).toBe(1);
  });
});
