import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, test} from "vitest";
import {joinParts} from "../../../src/build/join-parts.js";
import type {Part} from "../../../src/build/join-parts.js";
import {makeFolder} from "./folders.js";

const options = {format: "esm", outdir: "."} as const;

/** Parts by their texts, which are put as esbuild puts them; what each imports, fetches on demand, and exports is read from there. */
function partsOf(texts: Record<string, string>, workers: Record<string, string[]> = {}): Map<string, Part> {
  return new Map(
    Object.entries(texts).map(([name, source]) => {
      const exports = [...source.matchAll(/export const (\w+)/g)].map(([, own]) => own!);
      const own = source.replace(/export const/g, "const");
      const text = exports.length ? `${own}\nexport {\n  ${exports.join(",\n  ")}\n};\n` : own;
      return [
        name,
        {
          text,
          exports: source.includes("export default") ? ["default"] : exports,
          imports: [...text.matchAll(/from "\.\/([^"]+)"/g)].map(([, other]) => other!),
          onDemand: [...text.matchAll(/import\("\.\/([^"]+)"\)/g)].map(([, other]) => other!),
          workers: workers[name] ?? [],
          isEntry: name.startsWith("entry-"),
          modules: [[`site:${name}`, text.length]]
        }
      ];
    })
  );
}

const names = (joined: ReadonlyMap<string, Part>) => [...joined.keys()];

test("what the same pages fetch is one part, called as its first, and who imports either imports that", async () => {
  const parts = partsOf({
    "entry-0.js": `import {a} from "./a.js"; \nimport {b} from "./b.js";\nconsole.log(a, b);`,
    "entry-1.js": `import {c} from "./c.js";\nconsole.log(c);`,
    "a.js": `import {c} from "./c.js";\nexport const a = c + 1;`,
    "b.js": `import {a} from "./a.js";\nexport const b = a + 1;`,
    "c.js": `export const c = 1;`
  });
  const joined = await joinParts(parts, [["entry-0.js"], ["entry-1.js"]], options);
  expect(names(joined)).toEqual(["entry-0.js", "entry-1.js", "a.js", "c.js"]);
  const {text, imports, modules} = joined.get("a.js")!;
  expect([imports, modules.map(([file]) => file)]).toEqual([["c.js"], ["site:a.js", "site:b.js"]]);
  expect([...text.matchAll(/"\.\/([^"]+)"/g)].map(([, other]) => other)).toEqual(["c.js"]);
  expect(joined.get("entry-0.js")!.imports).toEqual(["a.js"]);
  expect(joined.get("entry-0.js")!.text).not.toContain("b.js");
});

test("what runs in workers, be it on demand, stays apart, though the page fetches it too; so do entries and default exports", async () => {
  const parts = partsOf(
    {
      "entry-0.js": `import {a} from "./a.js";\nimport {b} from "./b.js";\nimport {default as d} from "./d.js";\nconsole.log(a, b, d);`,
      "entry-1.js": `import {b} from "./b.js";\npostMessage(b);`,
      "a.js": `export const a = document.title;`,
      "b.js": `export const b = 1;`,
      "d.js": `export default 1;`
    },
    {"entry-0.js": ["entry-1.js"]}
  );
  const joined = await joinParts(parts, [["entry-0.js"]], options);
  expect(names(joined)).toEqual([...parts.keys()]);
  expect(joined.get("d.js")!.text).toMatch(/as default\b/);
});

test("parts that export the same name keep apart what they mean by it", async () => {
  const parts = partsOf({
    "entry-0.js": `import {a} from "./a.js";\nimport {a as other} from "./b.js";\nexport const sum = [a, other];`,
    "a.js": `export const a = 1;`,
    "b.js": `export const a = 2;`
  });
  const joined = await joinParts(parts, [["entry-0.js"]], options);
  expect(names(joined)).toEqual(["entry-0.js", "a.js"]);
  const folder = makeFolder(Object.fromEntries([...joined].map(([name, {text}]) => [name, text])));
  writeFileSync(join(folder, "package.json"), `{"type": "module"}`);
  expect(await import(pathToFileURL(join(folder, "entry-0.js")).href)).toMatchObject({sum: [1, 2]});
});

test("what would need itself, however far, stays apart", async () => {
  const round = partsOf({
    "entry-0.js": `import {a} from "./a.js";\nconsole.log(a);`,
    "a.js": `import {b} from "./b.js";\nexport const a = () => [b, import("./late.js")];`,
    "b.js": `export const b = 1;`,
    "late.js": `import {b} from "./b.js";\nexport const late = b;`
  });
  const joined = await joinParts(round, [["entry-0.js"]], options);
  expect(names(joined)).toEqual([...round.keys()]);
  expect(joined.get("a.js")!.onDemand).toEqual(["late.js"]);
});

test("what is fetched on demand is joined with what only it needs, and keeps its exports", async () => {
  const parts = partsOf({
    "entry-0.js": `import("./late.js").then(({late}) => console.log(late));`,
    "late.js": `import {own} from "./own.js";\nexport const late = own;`,
    "own.js": `export const own = "own";`
  });
  const joined = await joinParts(parts, [["entry-0.js"]], options);
  expect(names(joined)).toEqual(["entry-0.js", "late.js"]);
  expect(joined.get("entry-0.js")!.onDemand).toEqual(["late.js"]);
  expect(joined.get("entry-0.js")!.text).toContain('import("./late.js")');
  expect(joined.get("late.js")!.text).toMatch(/export\{[^}]*\bas late\b/);
});
