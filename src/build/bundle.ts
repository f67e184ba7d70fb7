import {mkdir, readFile, rm, writeFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path/posix";
import {JSDOM} from "jsdom";
import {addressFrom, bundleModules, startedWorker} from "./bundle-modules.js";
import type {Bundled} from "./bundle-modules.js";
import {listFiles} from "./files.js";

const importedOnDemand = /\bimport\("([^"]+)"\)/g;
const importedAtOnce = /\bimport\s+(?:\{[^}]*\}\s*from\s*)?"([^"]+)"/g;
/** What stands for all that the pages' own scripts import at once. */
const FRAME = "_observablehq/client.js";

/**
 * Puts the modules of the built site in `directory` together: one for each page, one for each worker, and one for what
 * several of them share, so that nothing is sent twice. A browser asks for each module, and learns of a worker's imports
 * from the worker alone; here a page has few, and names all that it and its workers need. Libraries, which
 * `shakeLibraries` has bundled, stay as they are; what is imported on demand still is. The names carry hashes of
 * the contents. Takes Framework's modules away, so it can run once for each of its builds.
 * @throws Error when a page names a module that is not there
 */
export async function bundleSite(directory: string): Promise<void> {
  const files = (await listFiles(directory)).map((file) => relative(resolve(directory), resolve(file)));
  const pages = await Promise.all(
    files.filter((file) => file.endsWith(".html")).map((file) => readPage(directory, file))
  );
  const replaced = files.filter((file) => /^_(import|observablehq)\/.*\.js$/.test(file));
  const made = new Map(
    pages
      .filter(({modules}) => modules.length)
      .map(({entry, modules}) => [
        entry,
        modules.map((module, n) => `export * as m${n} from "./${module}";`).join("\n")
      ])
  );
  const frame = [...new Set(pages.flatMap((page) => page.frame))];
  made.set(FRAME, frame.map((module) => `export * from "./${module}";`).join("\n"));
  const started = [...pages.flatMap(({scripts}) => scripts), ...(await findWorkers(directory, replaced))];
  const bundle = await bundleModules(directory, [...made.keys(), ...new Set(started)], made);

  for (const file of replaced) await rm(join(directory, file));
  for (const [file, {text}] of bundle) {
    await mkdir(join(directory, dirname(file)), {recursive: true});
    await writeFile(join(directory, file), text);
  }
  for (const page of pages) {
    rewritePage(page, bundle);
    await writeFile(join(directory, page.file), page.dom.serialize());
  }
}

/** A page, and paths in the site of what it runs. */
interface Page {
  file: string;
  /** What stands for all that its cells import. */
  entry: string;
  dom: JSDOM;
  /** Scripts that it names. */
  scripts: string[];
  /** Imported by its own script at once: Framework's client. */
  frame: string[];
  /** Imported by its cells. */
  modules: string[];
}

async function readPage(directory: string, file: string): Promise<Page> {
  const dom = new JSDOM(await readFile(join(directory, file), "utf8"));
  const own = inlineModules(dom).map(({textContent}) => textContent!);
  const named = (pattern: RegExp) => [
    ...new Set(own.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => join(dirname(file), name!))))
  ];
  const scripts = sources(dom).map((script) => join(dirname(file), script.getAttribute("src")!));
  const entry = join("_import", file.replace(/\.html$/, ".js"));
  return {file, entry, dom, scripts, frame: named(importedAtOnce), modules: named(importedOnDemand)};
}

const inlineModules = ({window}: JSDOM) => [...window.document.querySelectorAll("script[type=module]:not([src])")];
const sources = ({window}: JSDOM) => [...window.document.querySelectorAll("script[type=module][src]")];

/** Modules that others start as workers. */
async function findWorkers(directory: string, modules: string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const module of modules) {
    const text = await readFile(join(directory, module), "utf8");
    for (const [, name] of text.matchAll(startedWorker)) found.add(join(dirname(module), name!));
  }
  return [...found];
}

/** Has the page run the bundled modules, and fetch all that they and their workers import along with them. */
function rewritePage({file, entry, dom, scripts, frame, modules}: Page, bundle: ReadonlyMap<string, Bundled>): void {
  const {document} = dom.window;
  const addressOf = (before: string) => addressFrom(file, pathOf(before));
  const pathOf = (before: string) => [...bundle].find(([, each]) => each.entry === before)![0];
  sources(dom).forEach((script, n) => script.setAttribute("src", addressOf(scripts[n]!)));
  for (const script of inlineModules(dom)) {
    script.textContent = script
      .textContent!.replace(importedOnDemand, (_, name: string) => {
        const n = modules.indexOf(join(dirname(file), name));
        return `import("${addressOf(entry)}").then(({m${n}}) => m${n})`;
      })
      .replace(importedAtOnce, (statement, name: string) => statement.replace(name, addressOf(FRAME)));
  }
  const links = [...document.querySelectorAll("link[rel=modulepreload]")];
  const libraries = links
    .map((link) => join(dirname(file), link.getAttribute("href")!))
    .filter((path) => path.startsWith("_node/"));
  const start = [...scripts, ...(frame.length ? [FRAME] : []), ...(modules.length ? [entry] : [])].map(pathOf);
  const needed = reach(start, bundle, ({imports}) => imports);
  for (const path of libraries) needed.add(path);
  for (const path of reach([...needed], bundle, ({imports, workers}) => [...imports, ...workers])) needed.add(path);
  for (const path of needed) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.setAttribute("href", addressFrom(file, path));
    (links[0] ?? document.head.lastChild!).before(link, "\n");
  }
  for (const link of links) {
    if (link.nextSibling?.nodeType === link.TEXT_NODE) link.nextSibling.remove();
    link.remove();
  }
}

/** The modules, and all that follow from them. */
function reach(
  start: string[],
  bundle: ReadonlyMap<string, Bundled>,
  next: (module: Bundled) => string[]
): Set<string> {
  const found = new Set(start);
  for (const path of found) for (const other of bundle.has(path) ? next(bundle.get(path)!) : []) found.add(other);
  return found;
}
