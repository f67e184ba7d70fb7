import {readFileSync, realpathSync} from "node:fs";
import {builtinModules} from "node:module";
import {dirname, join, relative} from "node:path/posix";
import {build} from "esbuild";
import type {Plugin} from "esbuild";
import {sha256} from "../data/pack/digest.js";
import {scriptTarget} from "./browsers.js";
import {joinParts} from "./join-parts.js";
import type {Part} from "./join-parts.js";

/** A path in the site, where a module names another; what it is called in the end is only known when all are bundled. */
const SITE = "@site/";
/** The same, of a place that addresses are relative to. */
const PLACE = "@place/";

/** The name of a module that is started as a worker, with its quotes. */
export const startedWorker = /(?<=\bnew Worker\(import\.meta\.resolve\()"([^"]+)"/g;
const ownAddress = /\bimport\.meta\.url\b/g;
const pathInSite = /"(@site\/|@place\/)([^"]+)"/g;
const hash = /\.\w{8}(?=\.js$)/;
/** A file of a package: its folder, its name, its path there. */
const packaged = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\/(.*)$/;

/** Packages whose index only passes on what others export, though it does not say so. */
const collections = new Set(["d3"]);

/** Modules of the site, by their path from its root. */
export interface Sources {
  /** Their texts; they name others by relative addresses. */
  modules: ReadonlyMap<string, string>;
  /** Which package a path stands for, without the hash in its name. */
  libraries: ReadonlyMap<string, string>;
}

/** A bundled module. */
export interface Bundled {
  text: string;
  /** The entry that it is, by its path before; undefined for what is shared. */
  entry: string | undefined;
  /** Paths of what it imports at once. */
  imports: string[];
  /** Paths of the workers that it can start. */
  workers: string[];
}

/**
 * Bundles the modules at `entries`, each into one of its own, and what several of them share into others, with the parts
 * of the libraries that they use. Each bundled module lies where its entry did, or else the largest module in it, and the hash
 * of its content, and so of all that it names, is in its name.
 * @param pages the entries that each page starts with
 * @returns what is bundled, by its path; folders of the packages whose code is in it, sorted
 * @throws Error when a module is not there, or a worker needs the module that starts it
 */
export async function bundleModules(
  entries: string[],
  sources: Sources,
  pages: readonly (readonly string[])[]
): Promise<{bundle: ReadonlyMap<string, Bundled>; packages: string[]}> {
  // The order of modules and the names of what they share follow their paths, which so are the same wherever this lies.
  const folder = dirname(realpathSync("node_modules"));
  const options = {
    absWorkingDir: folder,
    outdir: ".",
    format: "esm",
    platform: "browser",
    target: scriptTarget,
    legalComments: "none",
    logLevel: "error"
  } as const;
  const {metafile, outputFiles} = await build({
    ...options,
    entryPoints: entries.map((entry, n) => ({in: entry, out: `entry-${n}`})),
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    // TensorFlow.js asks for them only where it finds itself in Node.
    external: [...builtinModules],
    plugins: [siteModules(sources, folder)]
  });
  const partOf = new Map(entries.map((entry, n) => [entry, `entry-${n}.js`]));
  const parts = new Map(
    outputFiles.map(({path, text}): [string, Part] => {
      const name = relative(folder, path);
      const {imports, exports, inputs} = metafile.outputs[name]!;
      const named = (kind: string) => imports.flatMap((one) => (one.kind === kind && !one.external ? [one.path] : []));
      return [
        name,
        {
          text,
          imports: named("import-statement"),
          onDemand: named("dynamic-import"),
          workers: [...text.matchAll(pathInSite)].flatMap(([, , module]) => partOf.get(module!) ?? []),
          exports,
          isEntry: name.startsWith("entry-"),
          modules: Object.entries(inputs).map(([file, {bytesInOutput}]) => [file, bytesInOutput])
        }
      ];
    })
  );
  const starts = pages.map((page) => page.map((entry) => partOf.get(entry)!));
  const used = [...parts.values()].flatMap(({modules}) =>
    modules.flatMap(([file, bytes]) => (bytes ? (packaged.exec(file)?.[1] ?? []) : []))
  );
  return {
    bundle: nameAll(await joinParts(parts, starts, options), folder, partOf),
    packages: [...new Set(used)].sort().map((path) => join(folder, path))
  };
}

/** Modules that are made here, and names of those that stay outside or run on their own. */
function siteModules({modules, libraries}: Sources, folder: string): Plugin {
  return {
    name: "site-modules",
    setup({onResolve, onLoad, resolve: find}) {
      onResolve({filter: /./}, ({path, kind}) => (kind === "entry-point" ? {path, namespace: "site"} : undefined));
      onResolve({filter: /^\.{1,2}\//, namespace: "site"}, async ({path: name, importer, kind}) => {
        const path = join(dirname(importer), name);
        const library = libraries.get(path.replace(hash, ""));
        if (library) {
          const found = await find(library, {kind, resolveDir: folder});
          return collections.has(library) ? {...found, sideEffects: false} : found;
        }
        if (modules.has(path)) return {path, namespace: "site"};
        // Framework's client names libraries for other sites, which are not there.
        return kind === "dynamic-import" ? {path, external: true} : undefined;
      });
      onLoad({filter: /./, namespace: "site"}, ({path}) => ({
        contents: modules
          .get(path)!
          .replace(ownAddress, `new URL("${PLACE}${path}", import.meta.url).href`)
          .replace(startedWorker, (_, name: string) => `"${SITE}${join(dirname(path), name)}"`)
      }));
    }
  };
}

/**
 * Gives every part its place, that of its entry or of the largest module in it, with the hash of its content in its
 * name, and has the others name it so.
 */
function nameAll(
  parts: ReadonlyMap<string, Part>,
  folder: string,
  partOf: ReadonlyMap<string, string>
): ReadonlyMap<string, Bundled> {
  const entryOf = new Map([...partOf].map(([entry, part]) => [part, entry]));
  const named = new Map<string, string>();
  const bundle = new Map<string, Bundled>();
  const under = new Set<string>();

  function name(part: string): string {
    const known = named.get(part);
    if (known !== undefined) return known;
    const place = placeOf(part);
    if (under.has(part))
      throw new Error(`${place} needs itself to be named by its content: put what its worker imports elsewhere.`);
    under.add(part);
    const {text, imports, onDemand} = parts.get(part)!;
    const found: Bundled = {text, entry: entryOf.get(part), imports: [], workers: []};
    const address = (path: string) => `"${addressFrom(place, path)}"`;
    for (const other of [...imports, ...onDemand]) {
      const target = name(other);
      if (imports.includes(other)) found.imports.push(target);
      found.text = found.text.replaceAll(`"./${other}"`, () => address(target));
    }
    found.text = found.text.replace(pathInSite, (_, kind: string, path: string) => {
      if (kind === PLACE || !partOf.has(path)) return address(path);
      const worker = name(partOf.get(path)!);
      found.workers.push(worker);
      return address(worker);
    });
    const path = place.replace(/\.js$/, `.${sha256(found.text).slice(0, 8)}.js`);
    named.set(part, path);
    bundle.set(path, found);
    return path;
  }

  function placeOf(part: string): string {
    const entry = entryOf.get(part);
    if (entry) return entry.replace(hash, "");
    const [largest] = [...parts.get(part)!.modules].sort(([, a], [, b]) => b - a)[0] ?? ["site:_import/shared.js"];
    const [, found, library, file] = packaged.exec(largest) ?? [];
    if (!found) return largest.replace(/^site:/, "").replace(hash, "");
    const {version} = JSON.parse(readFileSync(join(folder, found, "package.json"), "utf8")) as {version: string};
    return `_node/${library}@${version}/${file!.replace(/\.\w+$/, ".js")}`;
  }

  for (const part of parts.keys()) name(part);
  return bundle;
}

/** How the file at `from` names another, both from the root of the site. */
export function addressFrom(from: string, path: string): string {
  const way = relative(dirname(from), path);
  return way.startsWith(".") ? way : `./${way}`;
}
