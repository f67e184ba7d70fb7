import {existsSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";

test("what is cited is this version, under this licence, with the data's article", () => {
  const citation = readFileSync("CITATION.cff", "utf8");
  const {version, license} = JSON.parse(readFileSync("package.json", "utf8")) as {version: string; license: string};
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(citation)?.[1];
  expect([field("cff-version"), field("version"), field("license")]).toEqual(["1.2.0", version, license]);
  const doi = /doi: (\S+)/.exec(citation)![1]!;
  expect(readFileSync("src/pages/data-card.md", "utf8")).toContain(`https://doi.org/${doi}`);
});

test("the README is short: three pictures that are there, one table of results, the limits, the map and the licence", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(100);
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\((\S+)\)/g)].map(([, file]) => file!);
  expect(pictures).toHaveLength(3);
  expect(pictures.filter((file) => !existsSync(file))).toEqual([]);
  expect(readme.match(/<!-- results: npm run report -->/g)).toHaveLength(1);
  expect([...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
    "Run it",
    "What was found",
    "Limits",
    "Find your way",
    "Data and licence"
  ]);
});
