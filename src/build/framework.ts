import {existsSync} from "node:fs";
import {copyFile, mkdir, readFile, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, extname, join, relative, resolve} from "node:path/posix";
import {stripVTControlCharacters} from "node:util";
import {addFigureCode} from "./figure-code.js";
import {listFiles} from "./files.js";
import {cacheFolder} from "./hermetic.js";

/** Where Framework tells what it does. */
export interface Log {
  logger: Pick<Console, "log" | "warn" | "error">;
  output: {write(text: string): unknown};
}

/** Framework's reader of one file: as it lies there, or what a loader writes. */
export interface FileLoader {
  load(options: {useStale: boolean}, log: Log): Promise<string>;
  /** Of a file in an archive: its name there, the archive's path, and what makes the archive. */
  inflatePath?: string;
  path: string;
  targetPath?: string;
  preload?(options: {useStale: boolean}, log: Log): Promise<string>;
}

/** What Framework reads from `observablehq.config.ts`, as far as the build needs it. */
export interface FrameworkConfig {
  root: string;
  output: string;
  loaders: {find(path: string): FileLoader | undefined};
}

/** What Framework has made of the sources. */
export interface Rendered {
  /** Pages, modules and stylesheets by their path from the root of the site. */
  texts: Map<string, string>;
  /** What it warned of: a missing file, import or page, a part of a page that cannot be read. */
  warnings: string[];
}

const framework = new URL("../../node_modules/@observablehq/framework/dist/", import.meta.url);

/**
 * Reads `observablehq.config.ts`, with Framework's clock fixed: it writes the modification time of each attachment into
 * the page and into the hashes of modules, and two builds are to be equal.
 */
export async function readFrameworkConfig(): Promise<FrameworkConfig> {
  process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";
  const {readConfig, setCurrentDate} = await import(new URL("config.js", framework).href);
  setCurrentDate(new Date("2000-01-01T00:00:00Z"));
  return readConfig();
}

/**
 * Runs Framework's build: pages, modules and stylesheets are handed back, all other files lie in the output folder afterwards.
 * @throws Error of Framework, or of a loader that failed
 */
export async function renderSite(config: FrameworkConfig, log: Log): Promise<Rendered> {
  const {build} = await import(new URL("build.js", framework).href);
  const texts = new Map<string, string>();
  const warnings: string[] = [];
  const warn = (...words: unknown[]) => void warnings.push(stripVTControlCharacters(words.join(" ")));
  const place = async (path: string) => {
    const file = join(config.output, path);
    await mkdir(dirname(file), {recursive: true});
    return file;
  };
  let rendered = false;
  const effects = {
    // What comes after the last page is its tree of sizes and its own check of links, which knows fewer of them.
    logger: {log: log.logger.log, warn: (text: string) => rendered || warn(text), error: warn},
    output: log.output,
    prepare: async () => {},
    async copyFile(source: string, path: string) {
      if (path.endsWith(".css")) texts.set(path.replace(/^\//, ""), await readFile(source, "utf8"));
      else await copyFile(source, await place(path));
    },
    async writeFile(path: string, contents: string | Buffer) {
      const name = path.replace(/^\//, "");
      if (/^_(import|observablehq|node)\/.*\.js$/.test(name)) {
        const source = join(config.root, name.replace(/^_import\//, "").replace(/\.\w{8}\.js$/, ".ts"));
        const text = String(contents);
        return void texts.set(name, existsSync(source) ? addFigureCode(text, await readFile(source, "utf8")) : text);
      }
      if (name.endsWith(".css")) return void texts.set(name, String(contents));
      if (name.endsWith(".html")) texts.set(name, String(contents));
      await writeFile(await place(name), contents);
    },
    writeBuildManifest: async () => void (rendered = true)
  };
  const {warn: consoleWarn, error: consoleError} = console;
  Object.assign(console, {warn, error: warn});
  try {
    await build({config}, effects);
  } finally {
    Object.assign(console, {warn: consoleWarn, error: consoleError});
  }
  return {texts, warnings};
}

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*)"((?:@[\w.-]+\/)?[a-z][\w./-]*)"/g;

/**
 * Puts an empty module into Framework's cache for each library that pages and modules below `root` import, which
 * Framework takes for its own bundle of it: the modules of the site are bundled later, with what they use of a library.
 * @returns what is imported, by the path from the root of the site that Framework gives to it
 */
export async function standInForLibraries(root: string): Promise<Map<string, string>> {
  const require = createRequire(resolve(root, "index.js"));
  const found = new Map<string, string>();
  for (const file of await listSources(root)) {
    for (const [, name] of (await readFile(file, "utf8")).matchAll(imported)) {
      const path = await pathOfLibrary(name!, require).catch(() => undefined);
      if (path) found.set(path, name!);
    }
  }
  for (const path of found.keys()) {
    const file = join(cacheFolder(root), path);
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, "");
  }
  return found;
}

/** Sources below `root` of what a browser may get: pages and modules. */
export async function listSources(root: string): Promise<string[]> {
  const inBuild = (file: string) => /^(\.observablehq|build)\//.test(relative(root, file));
  return (await listFiles(root)).filter((file) => /\.(md|js|ts)$/.test(file) && !inBuild(file));
}

/** Where Framework's bundle of `specifier` lies: in a folder of its package's name and version. */
async function pathOfLibrary(specifier: string, require: NodeJS.Require): Promise<string> {
  const [, name, path] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier)!;
  let folder = dirname(require.resolve(specifier));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const {version} = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {version: string};
  return `_node/${name}@${version}/${path === undefined ? "index.js" : extname(path) ? path : `${path}.js`}`;
}
