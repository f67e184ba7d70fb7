import {readFile, writeFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path/posix";
import {build} from "esbuild";
import type {Plugin} from "esbuild";
import {JSDOM} from "jsdom";
import {listFiles} from "./files.js";

const startedWorker = /new Worker\(import\.meta\.resolve\("([^"]+)"\)/g;

/**
 * Has every page in `directory` fetch the modules of its workers along with its own: a browser else learns of a worker's
 * imports from the worker alone, one level after another, with a round trip for each. Idempotent.
 */
export async function preloadWorkers(directory: string): Promise<void> {
  const files = (await listFiles(directory)).map((file) => relative(resolve(directory), resolve(file)));
  const {imported, needed} = await readModules(
    directory,
    files.filter((file) => /^_import\/.*\.js$/.test(file))
  );
  for (const page of files.filter((file) => file.endsWith(".html"))) {
    const dom = new JSDOM(await readFile(join(directory, page), "utf8"));
    const {document} = dom.window;
    const linked = [...document.querySelectorAll("link[rel=modulepreload]")].map((link) =>
      join(dirname(page), link.getAttribute("href")!)
    );
    const own = reach(linked, imported);
    const missing = [...reach(linked, needed)].filter((module) => !own.has(module));
    if (missing.length === 0) continue;
    for (const module of missing) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.setAttribute("href", relative(dirname(page), module));
      document.head.append(link, "\n");
    }
    await writeFile(join(directory, page), dom.serialize());
  }
}

/** Modules by the module that they are for; all paths are relative to the directory. */
type Modules = Map<string, string[]>;

/** Leaves out what a module imports when it is asked for, which need not be there: Framework names some that it leaves out. */
const onDemandLeft: Plugin = {
  name: "on-demand-left",
  setup({onResolve}) {
    onResolve({filter: /./}, ({kind, path}) => (kind === "dynamic-import" ? {path, external: true} : undefined));
  }
};

/** Reads what the modules, and all that they import, import statically, and what they need with the workers they can start. */
async function readModules(directory: string, modules: string[]): Promise<{imported: Modules; needed: Modules}> {
  const {metafile} = await build({
    absWorkingDir: resolve(directory),
    entryPoints: modules,
    outdir: "unwritten",
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    packages: "external",
    target: "esnext",
    logLevel: "error",
    plugins: [onDemandLeft]
  });
  const imported: Modules = new Map();
  const needed: Modules = new Map();
  for (const [module, {imports}] of Object.entries(metafile.inputs)) {
    const source = await readFile(join(directory, module), "utf8");
    const own = imports.filter(({kind}) => kind === "import-statement").map(({path}) => path);
    const workers = [...source.matchAll(startedWorker)].map(([, name]) => join(dirname(module), name!));
    imported.set(module, own);
    needed.set(module, [...own, ...workers]);
  }
  return {imported, needed};
}

/** The modules, and all that follow from them. */
function reach(modules: string[], next: Modules): Set<string> {
  const found = new Set(modules);
  for (const module of found) for (const other of next.get(module) ?? []) found.add(other);
  return found;
}
