import {existsSync, readFileSync} from "node:fs";
import {mkdir, rm, writeFile} from "node:fs/promises";
import {dirname, join, relative} from "node:path/posix";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {JSDOM} from "jsdom";
import site from "../../observablehq.config.js";
import {runLoaders} from "./attachments.js";
import {bundlePages} from "./bundle.js";
import {hashPage, writeChecksums} from "./checksums.js";
import {listFiles} from "./files.js";
import {finishPage} from "./finish.js";
import {fontFolders} from "./fonts.js";
import {readFrameworkConfig, renderSite, standInForLibraries} from "./framework.js";
import {listDownloads, makeHermetic} from "./hermetic.js";
import {joinStyles} from "./join-styles.js";
import {writeLicences} from "./licences.js";
import {findBrokenLinks} from "./links.js";
import {planOffline, writeWorker} from "./offline.js";
import {findForeignFetches} from "./origins.js";
import {plotStyles} from "./plot-styles.js";
import {sealPage} from "./seal.js";
import {stages} from "./stages.js";

/** Written when a build has passed all its checks; its age is the age of the build. */
export const stamp = ".cache/built";

/**
 * Builds the site into `dist/`, without a network: removes the old build and Framework's cache (it would serve stale
 * loader output), runs the loaders and Framework, then bundles, finishes, seals and checks the pages, each parsed once.
 * @throws Error that names what is missing, broken, downloaded or fetched from elsewhere.
 */
export async function build({verbose = false} = {}): Promise<void> {
  const {root, output} = site;
  const {log, stage} = stages(verbose);
  for (const path of [stamp, output, `${root}/.observablehq`]) await rm(path, {recursive: true, force: true});
  await makeHermetic(root);
  const libraries = await standInForLibraries(root);
  const config = await readFrameworkConfig();
  await stage("loaders: what the pages read", () => runLoaders(config, site.dynamicPaths, log));
  const {texts, warnings} = await stage("Framework: pages and modules", () => renderSite(config, log));

  const pages = [...texts]
    .filter(([file]) => file.endsWith(".html"))
    .map(([file, html]) => ({file, dom: new JSDOM(html)}))
    .map(({file, dom}) => ({file, dom, document: dom.window.document}));
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(output, file)), {recursive: true});
    await writeFile(join(output, file), text);
  };
  await stage("scripts and styles: one bundle a page and a worker", async () => {
    for (const page of pages) finishPage(page);
    const {modules, packages} = await bundlePages(pages, {modules: texts, libraries});
    for (const [file, text] of [...modules, ...(await joinStyles(pages, texts))]) await write(file, text);
    await writeLicences(output, [...packages, ...fontFolders]);
  });
  const read = (path: string) => (existsSync(join(output, path)) ? readFileSync(join(output, path)) : undefined);
  const hash = await stage("seals: policies, checksums, the offline plan", async () => {
    const styles = plotStyles();
    for (const page of pages) {
      sealPage(page, {read, styles});
      await write(page.file, page.dom.serialize());
    }
    const hash = await writeChecksums(output);
    const card = pages.find(({file}) => file === hashPage)!;
    card.document.querySelector("#build-hash")!.textContent = hash;
    await write(card.file, card.dom.serialize());
    await writeWorker(output, await planOffline(output, hash));
    return hash;
  });

  const faults = await stage("checks: links, origins, downloads", async () => {
    const files = (await listFiles(output)).map((file) => relative(output, file));
    return [
      ...warnings.map((line) => `Framework warns: ${line}`),
      ...(await listDownloads(root)).map((file) => `downloaded during the build (use a bare import): ${file}`),
      ...findBrokenLinks(pages, files).map(({page, href}) => `broken link on ${page}: ${href}`),
      ...(await findForeignFetches(output, pages, files)).map(
        ({file, url, how}) => `foreign origin (${how}) in ${file}: ${url}`
      )
    ];
  });
  if (faults.length) throw new Error(`The build has ${faults.length} fault(s):\n  ${faults.join("\n  ")}`);
  await mkdir(dirname(stamp), {recursive: true});
  await writeFile(stamp, `${pages.length} pages\n`);
  console.log(
    `Built ${pages.length} pages into ${output}/; every link leads somewhere and nothing is fetched from elsewhere.\n` +
      `Build hash ${hash}`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {values} = parseArgs({options: {verbose: {type: "boolean"}}});
  await build(values).catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  });
}
