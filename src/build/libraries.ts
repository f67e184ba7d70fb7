import {existsSync} from "node:fs";
import {readFile, readdir, realpath} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join, relative, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {build, transform} from "esbuild";
import type {BuildOptions} from "esbuild";
import {cacheFolder} from "./hermetic.js";

/** Libraries of which a page needs only a part; each can be shaken, since its modules run nothing when loaded. */
export const shaken = ["@observablehq/plot", "@uwdata/flechette", "d3", "d3-dsv"];
const collection = "d3";
/** How modules for browsers are bundled: what they share lies in modules of its own. */
export const bundling = {
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  format: "esm",
  platform: "browser",
  target: ["es2022", "chrome96", "firefox96", "safari16"],
  legalComments: "none"
} satisfies BuildOptions;

/** What the modules of the site take from each library, sorted. */
export type LibraryNames = Map<string, string[]>;

const localImport = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bimport\.meta\.resolve\(\s*)"(\.{1,2}\/[^"]+)"/g;
const headScript = "components/site/site.js";

/**
 * Bundles, with the parts of them that the pages under `root` use, the libraries of {@link shaken} into Framework's
 * cache, where Framework takes them for its own bundles: those would hold whole libraries, and `d3` in thirty files.
 * @returns folders of the packages whose code is in the bundles, sorted
 * @throws Error when a module imports a library in a way that hides what it uses
 */
export async function shakeLibraries(root: string): Promise<string[]> {
  const require = createRequire(pathToFileURL(resolve(root, "x.js")));
  const names = await findLibraryNames(root);
  const version = async (library: string) => (await describePackage(library, require)).version;
  const {metafile} = await build({
    entryPoints: await Promise.all(
      [...names.keys()].map(async (library) => ({
        in: `shaken:${library}`,
        out: `${library}@${await version(library)}/index`
      }))
    ),
    outdir: resolve(cacheFolder(root), "_node"),
    // Names of chunks and the order of modules follow their paths, which so are the same wherever the packages lie.
    absWorkingDir: dirname(await realpath("node_modules")),
    chunkNames: `shared@${await version("esbuild")}/[hash]`,
    ...bundling,
    logLevel: "warning",
    plugins: [
      {
        name: "shaken",
        setup(bundle) {
          bundle.onResolve({filter: /^shaken:/}, ({path}) => ({path: path.slice(7), namespace: "shaken"}));
          bundle.onLoad({filter: /.*/, namespace: "shaken"}, async ({path}) => ({
            contents: await exportLines(path, names.get(path)!, require),
            resolveDir: dirname(require.resolve(path))
          }));
        }
      }
    ]
  });
  const used = Object.values(metafile.outputs).flatMap(({inputs}) =>
    Object.entries(inputs).flatMap(([file, {bytesInOutput}]) => (bytesInOutput ? [file] : []))
  );
  const folders = used.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** What the modules that pages under `root` can load take from each library of {@link shaken}. */
export async function findLibraryNames(root: string): Promise<LibraryNames> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true});
  const queue = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md") && !entry.parentPath.includes(".observablehq"))
    .map((entry) => join(entry.parentPath, entry.name));
  queue.push(join(root, headScript));
  const seen = new Set<string>();
  const found = new Map(shaken.map((library) => [library, new Set<string>()]));
  for (const path of queue) {
    const file = [path, path.replace(/\.js$/, ".ts")].find(existsSync);
    if (!file || seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(file, "utf8");
    // Without types and comments. A page is no module: its prose stays, and its code has no types.
    const source = file.endsWith(".ts") ? (await transform(text, {loader: "ts"})).code : text;
    for (const [library, names] of found) {
      for (const name of namesTaken(source, library, relative(root, file))) names.add(name);
    }
    for (const [, local] of source.matchAll(localImport)) queue.push(join(dirname(file), local!));
  }
  return new Map([...found].filter(([, names]) => names.size).map(([library, names]) => [library, [...names].sort()]));
}

/**
 * The names that `source`, in JavaScript, takes from `library`: those of `import {…}`, and those behind the dot of `import * as …`.
 * @throws Error that names `file` when it imports the library, or uses what it imported, otherwise
 */
export function namesTaken(source: string, library: string, file: string): string[] {
  const names: string[] = [];
  const imports = new RegExp(String.raw`^import\s+(?:\*\s+as\s+(\w+)|\{([^}]*)\})\s+from\s+"${library}";?$`, "gm");
  const rest = source.replace(imports, "");
  const otherwise = new RegExp(String.raw`(?:\bfrom|\bimport)\s*\(?\s*"${library}"`);
  for (const [, namespace, list] of source.matchAll(imports)) {
    for (const item of list?.split(",") ?? []) if (item.trim()) names.push(item.trim().replace(/\s+as\s.*$/, ""));
    if (!namespace) continue;
    if (
      new RegExp(String.raw`(?:[=(,[{?:]|\.{3}|\breturn)\s*${namespace}\b(?!\s*[.:])|\b${namespace}\s*\[`).test(rest)
    ) {
      throw new Error(`${file} hands ${namespace} on: write ${namespace}.name, so that the build sees what is used.`);
    }
    for (const [, name] of rest.matchAll(new RegExp(String.raw`\b${namespace}\.(\w+)`, "g"))) names.push(name!);
  }
  if (otherwise.test(rest)) {
    throw new Error(
      `${file} imports "${library}" in another way than "import * as name" or "import {name}": the build must see what is used.`
    );
  }
  return [...new Set(names)].sort();
}

/**
 * The text of a module that exports `names` of `library`; those that it has from one of its own packages, as d3 has
 * all, are taken from there, so that a page that needs one of these packages does not load what another page needs.
 */
async function exportLines(library: string, names: string[], require: NodeJS.Require): Promise<string> {
  if (library !== collection) return `export {${names.join(", ")}} from "${library}";`;
  const {dependencies} = await describePackage(library, require);
  const exported = await Promise.all(
    Object.keys(dependencies).map(async (part) => {
      const path = createRequire(require.resolve(library)).resolve(part);
      return {part, own: new Set(Object.keys((await import(pathToFileURL(path).href)) as object))};
    })
  );
  return names
    .map((name) => {
      const part = exported.find(({own}) => own.has(name))?.part;
      if (!part) throw new Error(`${library} has no "${name}", which the site uses.`);
      return `export {${name}} from "${part}";`;
    })
    .join("\n");
}

interface PackageDescription {
  version: string;
  dependencies: Record<string, string>;
}

async function describePackage(library: string, require: NodeJS.Require): Promise<PackageDescription> {
  let folder = dirname(require.resolve(library));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as PackageDescription;
}
