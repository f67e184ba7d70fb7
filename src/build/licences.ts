import {existsSync} from "node:fs";
import {readFile, readdir, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";

/** The file with the licences of foreign code in the site. */
export const licenceFile = "licences.txt";

/** Packages whose code is in the site otherwise: in Framework's client, the service worker, TensorFlow.js's one file. */
const within = [
  ...["framework", "inspector", "runtime"].map((name) => `@observablehq/${name}`),
  ...["core", "precaching", "range-requests", "routing", "strategies"].map((name) => `workbox-${name}`),
  ...["core", "data", "layers", "converter", "backend-cpu", "backend-webgl", "backend-wasm"].map(
    (name) => `@tensorflow/tfjs-${name}`
  ),
  ...["long", "seedrandom"]
];

/**
 * Writes {@link licenceFile} into the built site in `directory`: name, version and licence of each package whose code
 * the site serves, with the text where the package has one, each text once.
 * @param bundled folders of packages whose code was bundled
 */
export async function writeLicences(directory: string, bundled: string[], modules = "node_modules"): Promise<void> {
  const folders = new Set([...bundled, ...within.map((name) => join(modules, name))].map((folder) => resolve(folder)));
  const packages = (await Promise.all([...folders].filter(existsSync).map(describe))).sort((a, b) =>
    a.title < b.title ? -1 : 1
  );
  const texts = [...new Set(packages.map(({text}) => text))];
  const sections = texts.map((text) => {
    const titles = packages.filter((one) => one.text === text).map(({title, licence}) => `${title} (${licence})`);
    return `${titles.join("\n")}\n\n${text || "No text in the package; the notes in its files stand in the copies here."}\n`;
  });
  await writeFile(
    join(directory, licenceFile),
    `Malaria Detection serves code of these packages. Its own code is under the MIT licence.\n\n${sections.join(`\n${"-".repeat(80)}\n\n`)}`
  );
}

async function describe(folder: string): Promise<{title: string; licence: string; text: string}> {
  const {name, version, license} = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = (await readdir(folder)).sort().find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
  const text = file ? (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim() : "";
  return {title: `${name} ${version}`, licence: license ?? "see below", text};
}
