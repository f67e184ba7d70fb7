import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {OFFICIAL_ARCHIVE, download} from "./download.js";
import {pack} from "./pack.js";
import {UserError, listFirst} from "./problem.js";
import {showProgress} from "./progress.js";

const USAGE = `Usage: npm run data -- <archive.zip | folder> [options]
       npm run data -- --download [options]

Packs the NIH malaria cells (cell_images/{Parasitized,Uninfected}/*.png, at full size or 50×50) into src/data/cells/.

  --download      get the official archive (353 MB) from the NLM into .cache/, or go on getting it, and pack it
  --out DIR       write to DIR instead
  --partial       accept an archive that lacks cells
  --verify        require every file to be the official full-size original, by SHA-256 (always so with --download)
  --url URL       with --download: get the archive from here …
  --sha256 HEX    … and expect this SHA-256
  --cache DIR     with --download: keep the archive in DIR instead of .cache/
  --help          show this`;

const root = fileURLToPath(new URL("../../..", import.meta.url));

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
  const {values, positionals} = parse(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length !== (values.download ? 0 : 1)) throw new UserError(USAGE);
  let archive = positionals[0]!;
  if (values.download) {
    archive = join(values.cache, "cell_images.zip");
    await download({url: values.url, sha256: values.sha256, file: archive, startProgress: showProgress});
  }
  const {partial, out} = values;
  const verify = values.verify || values.download;
  const {cells, sheets, bytes, strays} = await pack(archive, {out, partial, verify, startProgress: showProgress});
  if (strays.length === 1) console.warn(`Warning: left out 1 file that is no cell: ${strays[0]}.`);
  if (strays.length > 1)
    console.warn(`Warning: left out ${strays.length} files that are no cells: ${listFirst(strays)}.`);
  const [cellText, byteText] = [cells, bytes].map((number) => number.toLocaleString("en"));
  console.log(`Packed ${cellText} cells in ${sheets} sheet${sheets === 1 ? "" : "s"}, ${byteText} bytes, into ${out}.`);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        download: {type: "boolean", default: false},
        out: {type: "string", default: join(root, "src/data/cells")},
        partial: {type: "boolean", default: false},
        verify: {type: "boolean", default: false},
        url: {type: "string", default: OFFICIAL_ARCHIVE.url},
        sha256: {type: "string", default: OFFICIAL_ARCHIVE.sha256},
        cache: {type: "string", default: join(root, ".cache")},
        help: {type: "boolean", default: false}
      }
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
