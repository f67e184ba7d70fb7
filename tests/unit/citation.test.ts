import {readFileSync} from "node:fs";
import {expect, test} from "vitest";

test("what is cited is this version, under this licence, with the data's article", () => {
  const citation = readFileSync("CITATION.cff", "utf8");
  const {version, license} = JSON.parse(readFileSync("package.json", "utf8")) as {version: string; license: string};
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(citation)?.[1];
  expect([field("cff-version"), field("version"), field("license")]).toEqual(["1.2.0", version, license]);
  const doi = /doi: (\S+)/.exec(citation)![1]!;
  expect(readFileSync("src/pages/data-card.md", "utf8")).toContain(`https://doi.org/${doi}`);
});
