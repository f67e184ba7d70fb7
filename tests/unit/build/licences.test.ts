import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {licenceFile, writeLicences} from "../../../src/build/licences.js";
import {makeFolder} from "./folders.js";

test("names each package whose code is served, with each text once", async () => {
  const packageFile = (name: string) => JSON.stringify({name, version: "1.2.3", license: "ISC"});
  const folder = makeFolder({
    "dist/index.html": "",
    "modules/@scope/a/package.json": packageFile("@scope/a"),
    "modules/@scope/a/LICENSE": "Text of one\r\n",
    "modules/b/package.json": packageFile("b"),
    "modules/b/LICENSE": "Text of one\n",
    "modules/c/package.json": packageFile("c"),
    "modules/c/licence.md": "Text of another",
    "modules/unused/package.json": packageFile("unused")
  });
  await writeLicences(
    join(folder, "dist"),
    ["@scope/a", "b", "c"].map((name) => join(folder, "modules", name)),
    join(folder, "modules")
  );
  const text = readFileSync(join(folder, "dist", licenceFile), "utf8");
  expect(text).toContain("@scope/a 1.2.3 (ISC)\nb 1.2.3 (ISC)\n\nText of one\n");
  expect(text.match(/Text of one/g)).toHaveLength(1);
  expect(text).toContain("c 1.2.3 (ISC)\n\nText of another\n");
  expect(text).not.toContain("unused");
});
