import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {openArchive} from "../../../../src/data/pack/archive.js";
import {UserError} from "../../../../src/data/pack/problem.js";
import {fixtureFiles, fixtureFolder, temporaryFolder, writeZip} from "./support.js";

async function open(path: string) {
  const archive = await openArchive(path);
  onTestFinished(() => archive.close());
  return archive;
}

describe("openArchive", () => {
  it("reads zip, folder and cell_images folder alike", async () => {
    const expected = fixtureFiles("50px");
    const paths = [await writeZip(expected), fixtureFolder("50px"), join(fixtureFolder("50px"), "cell_images")];
    for (const path of paths) {
      const {files, strays} = await open(path);
      expect(strays).toEqual([]);
      expect(files.map(({file, label}) => `${label}/${file}`).sort()).toEqual(
        [...expected.keys()].map((name) => name.replace("cell_images/P", "p").replace("cell_images/U", "u")).sort()
      );
      const {file, read} = files[5]!;
      const [, content] = [...expected].find(([name]) => name.endsWith(`/${file}`))!;
      expect((await read()).equals(content)).toBe(true);
    }
  });

  it("sets stray files apart", async () => {
    const strays = [
      "cell_images/Parasitized/Thumbs.db",
      "cell_images/.DS_Store",
      "__MACOSX/cell_images/Parasitized/._C1.png",
      "cell_images/Uninfected/._C1.png",
      "cell_images/loose.png"
    ];
    const files = fixtureFiles("50px");
    for (const path of strays) files.set(path, Buffer.from("stray"));
    const archive = await open(await writeZip(files));
    expect(archive.files.length).toBe(16);
    expect(archive.strays.sort()).toEqual(strays.sort());
  });

  it("explains a missing path, a file that is no zip, a truncated zip, and a wrong layout", async () => {
    const folder = temporaryFolder();
    const text = join(folder, "text.zip");
    await writeFile(text, "this is no zip file, although its name says so");
    const truncated = join(folder, "truncated.zip");
    await writeFile(truncated, (await readFile(await writeZip(fixtureFiles("50px")))).subarray(0, 9000));
    const empty = join(folder, "empty");
    await mkdir(empty);
    const wrong = await writeZip(new Map([["pictures/C1_a_cell_1.png", Buffer.from("x")]]));
    for (const [path, message] of [
      [join(folder, "nothing.zip"), /^There is no .*nothing\.zip\. Give the path/],
      [text, /can't be read as a zip file/],
      [truncated, /can't be read as a zip file/],
      [empty, /holds no cells: expected cell_images\/Parasitized/],
      [wrong, /holds no cells: expected cell_images\/Parasitized/]
    ] as const) {
      const error = await openArchive(path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).message).toMatch(message);
    }
  });
});
