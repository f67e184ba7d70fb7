import {mkdir, rm, writeFile} from "node:fs/promises";
import {dirname} from "node:path";
import {fileURLToPath} from "node:url";
import config from "../../observablehq.config.js";
import {bundleSite} from "./bundle.js";
import {writeChecksums} from "./checksums.js";
import {finishSite} from "./finish.js";
import {findMissing, runFramework} from "./framework.js";
import {listDownloads, makeHermetic} from "./hermetic.js";
import {shakeLibraries} from "./libraries.js";
import {writeLicences} from "./licences.js";
import {findBrokenLinks} from "./links.js";
import {planOffline, writeWorker} from "./offline.js";
import {findForeignFetches} from "./origins.js";
import {plotStyles} from "./plot-styles.js";
import {sealSite} from "./seal.js";

/** Written when a build has passed all its checks; its age is the age of the build. */
export const stamp = ".cache/built";

/**
 * Builds the site into `dist/`, without a network: removes the old build and Framework's cache (it would serve stale
 * loader output), bundles what the pages use of the libraries, runs Framework, finishes the pages and checks the result.
 * @throws Error that names what is missing, broken, downloaded or fetched from elsewhere.
 */
export async function build(): Promise<void> {
  const {root, output} = config;
  for (const path of [stamp, output, `${root}/.observablehq`]) await rm(path, {recursive: true, force: true});
  await makeHermetic(root);
  const bundled = await shakeLibraries(root);

  const {code, output: log} = await runFramework(fileURLToPath(new URL("framework-build.ts", import.meta.url)));
  if (code !== 0) throw new Error(`Framework's build ended with code ${code}; its last lines say why.`);
  await writeLicences(output, bundled);
  const pages = await finishSite(output);
  await bundleSite(output);
  await sealSite(output, {styles: plotStyles()});
  const hash = await writeChecksums(output);
  await writeWorker(output, await planOffline(output, hash));

  const faults = [
    ...findMissing(log).map((line) => `missing: ${line}`),
    ...(await listDownloads(root)).map((file) => `downloaded during the build (use a bare import): ${file}`),
    ...(await findBrokenLinks(output)).map(({page, href}) => `broken link on ${page}: ${href}`),
    ...(await findForeignFetches(output)).map(({file, url, how}) => `foreign origin (${how}) in ${file}: ${url}`)
  ];
  if (faults.length) throw new Error(`The build has ${faults.length} fault(s):\n  ${faults.join("\n  ")}`);
  await mkdir(dirname(stamp), {recursive: true});
  await writeFile(stamp, `${pages} pages\n`);
  console.log(
    `Built ${pages} pages into ${output}/; every link leads somewhere and nothing is fetched from elsewhere.\n` +
      `Build hash ${hash}`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  });
}
