import {dirname, join} from "node:path/posix";
import {addressFrom, bundleModules, startedWorker} from "./bundle-modules.js";
import type {Bundled, Sources} from "./bundle-modules.js";
import {reachable} from "./join-parts.js";

const importedOnDemand = /\bimport\("([^"]+)"\)/g;
const importedAtOnce = /\bimport\s+(?:\{[^}]*\}\s*from\s*)?"([^"]+)"/g;
/** How Framework writes the imports of a cell: what is taken of each module, and the modules. */
const cellImports =
  /\bconst (\[.*\]|\{.*\}|\w+) = await (?:Promise\.all\(\[)?(import\("[^"]+"\)(?:, import\("[^"]+"\))*)/g;
/** What stands for all that the pages' own scripts import at once. */
const FRAME = "_observablehq/client.js";

/** A page of the site, by its path from the root. */
export interface Page {
  file: string;
  document: Document;
}

/** What is put together. */
export interface BundledSite {
  /** Texts of modules, by their path from the root of the site. */
  modules: Map<string, string>;
  /** Folders of the packages whose code is in them, sorted. */
  packages: string[];
}

/**
 * Puts the modules of the site together: one for each page, one for each worker, and one for what several of them
 * share, so that nothing is sent twice. A browser asks for each module, and learns of a worker's imports from the worker
 * alone; here a page has few, and names all that it and its workers need. What is imported on demand still is. The names
 * carry hashes of the contents. Has the pages run these modules instead of those that they named.
 * @throws Error when a page names a module that is not there
 */
export async function bundlePages(pages: Page[], {modules, libraries}: Sources): Promise<BundledSite> {
  const scripts = pages.map(readScripts);
  const made = new Map(
    scripts
      .filter(({taken}) => taken.size)
      .map(({entry, taken}) => [entry, [...taken].map((each, n) => passOn(entry, each, n)).join("\n")])
  );
  const frame = [...new Set(scripts.flatMap((each) => each.frame))];
  made.set(FRAME, frame.map((module) => `export * from "${addressFrom(FRAME, module)}";`).join("\n"));
  const workers = [...modules].flatMap(([module, text]) =>
    [...text.matchAll(startedWorker)].map(([, name]) => join(dirname(module), name!))
  );
  const started = new Set([...scripts.flatMap((each) => each.named), ...workers]);
  const {bundle, packages} = await bundleModules(
    [...made.keys(), ...started],
    {
      modules: new Map([...modules, ...made]),
      libraries
    },
    scripts.map(startsOf)
  );
  for (const each of scripts) rewrite(each, bundle);
  return {modules: new Map([...bundle].map(([file, {text}]) => [file, text])), packages};
}

/** A page, and paths in the site of what it runs. */
interface Scripts extends Page {
  /** What stands for all that its cells import. */
  entry: string;
  /** Scripts that it names. */
  named: string[];
  /** Imported by its own script at once: Framework's client. */
  frame: string[];
  /** Imported by its cells, with the names that they take of it; undefined for all. */
  taken: Map<string, Set<string> | undefined>;
}

/** The entries that a page fetches at once. */
const startsOf = ({named, frame, taken, entry}: Scripts) => [
  ...named,
  ...(frame.length ? [FRAME] : []),
  ...(taken.size ? [entry] : [])
];

const inlineModules = (document: Document) => [...document.querySelectorAll("script[type=module]:not([src])")];
const sourced = (document: Document) => [...document.querySelectorAll("script[type=module][src]")];

function readScripts({file, document}: Page): Scripts {
  const place = (name: string) => join(dirname(file), name);
  const frame: string[] = [];
  const taken: Scripts["taken"] = new Map();
  for (const {textContent} of inlineModules(document)) {
    for (const [, name] of textContent!.matchAll(importedAtOnce)) frame.push(place(name!));
    const rest = textContent!.replace(cellImports, (_, pattern: string, imports: string) => {
      const patterns = pattern.replace(/^\[|\]$/g, "").match(/\{[^}]*\}|\w+/g)!;
      [...imports.matchAll(importedOnDemand)].forEach(([, name], n) => take(place(name!), patterns[n]!));
      return "";
    });
    for (const [, name] of rest.matchAll(importedOnDemand)) taken.set(place(name!), undefined);
  }
  const named = sourced(document).map((script) => place(script.getAttribute("src")!));
  return {file, document, entry: join("_import", file.replace(/\.html$/, ".js")), named, frame, taken};

  function take(module: string, pattern: string): void {
    const known = taken.has(module) ? taken.get(module) : new Set<string>();
    const names = pattern.startsWith("{") && known;
    for (const [, name] of names ? pattern.matchAll(/(\w+)(?:\s*:\s*\w+)?/g) : []) known!.add(name!);
    taken.set(module, names || undefined);
  }
}

/** The line by which the module at `entry` passes `names` of another on, as its `n`th export. */
function passOn(entry: string, [module, names]: [string, Set<string> | undefined], n: number): string {
  const from = `from "${addressFrom(entry, module)}";`;
  if (!names) return `export * as m${n} ${from}`;
  const list = (separator: string) => [...names].map((name) => `${name}${separator}m${n}_${name}`).join(", ");
  return `import {${list(" as ")}} ${from} export const m${n} = {${list(": ")}};`;
}

/** Has the page run the bundled modules, and fetch all that they and their workers import along with them. */
function rewrite(scripts: Scripts, bundle: ReadonlyMap<string, Bundled>): void {
  const {file, document, entry, named, taken} = scripts;
  const pathOf = (before: string) => [...bundle].find(([, each]) => each.entry === before)![0];
  const addressOf = (before: string) => addressFrom(file, pathOf(before));
  const places = [...taken.keys()];
  sourced(document).forEach((script, n) => script.setAttribute("src", addressOf(named[n]!)));
  for (const script of inlineModules(document)) {
    script.textContent = script
      .textContent!.replace(importedOnDemand, (_, name: string) => {
        const n = places.indexOf(join(dirname(file), name));
        return `import("${addressOf(entry)}").then(({m${n}}) => m${n})`;
      })
      .replace(importedAtOnce, (statement, name: string) => statement.replace(name, addressOf(FRAME)));
  }
  const start = startsOf(scripts).map(pathOf);
  const follow = (from: Iterable<string>, next: (module: Bundled) => string[]) =>
    reachable(from, (path) => (bundle.has(path) ? next(bundle.get(path)!) : []));
  const needed = follow(start, ({imports}) => imports);
  for (const path of follow(needed, ({imports, workers}) => [...imports, ...workers])) needed.add(path);
  const links = [...document.querySelectorAll("link[rel=modulepreload]")];
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
