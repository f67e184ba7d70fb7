import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {basename, dirname, join, relative, resolve} from "node:path/posix";
import {build} from "esbuild";
import type {Metafile, OutputFile, Plugin} from "esbuild";
import {sha256} from "./checksums.js";
import {bundling} from "./libraries.js";

/** A path in the site, where a module names another; what it is called in the end is only known when all are bundled. */
const SITE = "@site/";
/** The same, of a place that addresses are relative to. */
const PLACE = "@place/";

/** The name of a module that is started as a worker, with its quotes. */
export const startedWorker = /(?<=\bnew Worker\(import\.meta\.resolve\()"([^"]+)"/g;
const ownAddress = /\bimport\.meta\.url\b/g;
const pathInSite = /"(@site\/|@place\/)([^"]+)"/g;

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
 * Bundles the modules at `entries`, each into one of its own, and what several of them share into others. Libraries, below
 * `_node/`, stay as they are. Each bundled module lies where its entry did, or the largest module in it, and the hash of
 * its content, and so of all that it names, is in its name.
 * @param entries from the root of the site, hashes and all
 * @param made sources of entries that are in no file; they name others from the root of the site
 * @returns what is bundled, by its path
 * @throws Error when a module is not there, or a worker needs the module that starts it
 */
export async function bundleModules(
  directory: string,
  entries: string[],
  made: ReadonlyMap<string, string>
): Promise<ReadonlyMap<string, Bundled>> {
  const {metafile, outputFiles} = await build({
    absWorkingDir: resolve(directory),
    entryPoints: entries.map((entry, n) => ({in: made.has(entry) ? `made:${entry}` : `./${entry}`, out: `entry-${n}`})),
    outdir: ".",
    chunkNames: "shared-[hash]",
    write: false,
    ...bundling,
    logLevel: "error",
    plugins: [siteModules(directory, made)]
  });
  return nameAll(metafile, outputFiles, resolve(directory), entries);
}

/** Modules that are made here, and names of those that stay outside or run on their own. */
function siteModules(directory: string, made: ReadonlyMap<string, string>): Plugin {
  const folder = resolve(directory);
  const inSite = (from: string, name: string) => relative(folder, resolve(from, name));
  return {
    name: "site-modules",
    setup({onResolve, onLoad}) {
      onResolve({filter: /^made:/}, ({path}) => ({path: path.slice(5), namespace: "made"}));
      onLoad({filter: /./, namespace: "made"}, ({path}) => ({contents: made.get(path)!, resolveDir: folder}));
      onResolve({filter: /^\.{1,2}\//}, ({path, resolveDir, kind}) => {
        const module = inSite(resolveDir, path);
        // Framework's client names libraries for other sites, which are not there.
        if (kind === "dynamic-import" && !existsSync(join(folder, module))) return {path, external: true};
        return module.startsWith("_node/") ? {path: SITE + module, external: true} : undefined;
      });
      onLoad({filter: /\.js$/, namespace: "file"}, async ({path}) => ({
        contents: (await readFile(path, "utf8"))
          .replace(ownAddress, `new URL("${PLACE}${relative(folder, path)}", import.meta.url).href`)
          .replace(startedWorker, (_, name: string) => `"${SITE}${inSite(dirname(path), name)}"`)
      }));
    }
  };
}

/**
 * Gives every output its place, that of its entry or of the largest module in it, with the hash of its content in its
 * name, and has the others name it so.
 */
function nameAll(
  {outputs}: Metafile,
  files: OutputFile[],
  folder: string,
  entries: string[]
): ReadonlyMap<string, Bundled> {
  const texts = new Map(files.map(({path, text}) => [relative(folder, path), text]));
  const outputOf = new Map(entries.map((entry, n) => [entry, `entry-${n}.js`]));
  const named = new Map<string, string>();
  const bundle = new Map<string, Bundled>();
  const under = new Set<string>();

  function name(output: string): string {
    const known = named.get(output);
    if (known !== undefined) return known;
    if (under.has(output))
      throw new Error(
        `${placeOf(output)} needs itself to be named by its content: put what its worker imports elsewhere.`
      );
    under.add(output);
    const place = placeOf(output);
    const found: Bundled = {
      text: texts.get(output)!,
      entry: entries[Number(/^entry-(\d+)/.exec(output)?.[1])],
      imports: [],
      workers: []
    };
    const address = (path: string) => `"${addressFrom(place, path)}"`;
    for (const {path, kind, external} of outputs[output]!.imports) {
      const target = external ? path.replace(SITE, "") : name(path);
      if (kind === "import-statement") found.imports.push(target);
      if (!external) found.text = found.text.replaceAll(`"./${basename(path)}"`, () => address(target));
    }
    found.text = found.text.replace(pathInSite, (_, kind: string, path: string) => {
      if (kind === PLACE || !outputOf.has(path)) return address(path);
      const worker = name(outputOf.get(path)!);
      found.workers.push(worker);
      return address(worker);
    });
    const path = place.replace(/\.js$/, `.${sha256(found.text).slice(0, 8)}.js`);
    named.set(output, path);
    bundle.set(path, found);
    return path;
  }

  function placeOf(output: string): string {
    const {inputs, entryPoint} = outputs[output]!;
    const largest = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)[0]?.[0];
    return (entryPoint ?? largest ?? "_import/shared.js").replace(/^made:/, "").replace(/\.\w{8}\.js$/, ".js");
  }

  for (const output of texts.keys()) name(output);
  return bundle;
}

/** How the file at `from` names another, both from the root of the site. */
export function addressFrom(from: string, path: string): string {
  const way = relative(dirname(from), path);
  return way.startsWith(".") ? way : `./${way}`;
}
