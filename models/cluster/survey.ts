import {existsSync, mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {csvFormatRows} from "d3-dsv";
import {openFiles} from "../score/files.js";
import {isList, surveyList} from "../score/list.js";
import type {Survey} from "../score/list.js";
import {networksOfRun, whyStopped} from "../score/scores-file.js";

/** What a run over several machines needs to know of what it scores. */
export interface Plan extends Survey {
  /** The list whose parts are scored. */
  list: string;
  /** Files that were left out, which lie beside pictures. */
  skipped: number;
  networks: Record<string, string>;
}

/**
 * Plans the scoring of a list, or of a folder, of which it writes a list into the folder of results.
 * @param size files a partition
 * @throws Error with a sentence that says what to do
 */
export async function plan(input: string, results: string, size: number): Promise<Plan> {
  const networks = networksOfRun();
  if (isList(input) && existsSync(input)) {
    const list = resolve(input);
    return {list, skipped: 0, networks, ...(await surveyList(list, size))};
  }
  const {files, skipped, close} = await openFiles(input);
  await close();
  const list = join(resolve(results), "list.csv");
  mkdirSync(results, {recursive: true});
  writeFileSync(`${list}.part`, "path,place\n");
  for await (const {path, place} of files()) {
    if (place === undefined) throw new Error(`${input} is an archive: unpack it, and give the folder.`);
    writeFileSync(`${list}.part`, `${csvFormatRows([[path, place]])}\n`, {flag: "a"});
  }
  renameSync(`${list}.part`, list);
  return {list, skipped, networks, ...(await surveyList(list, size))};
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [input = "", results = "", size = ""] = process.argv.slice(2);
  await plan(input, results, Number(size)).then(
    (found) => console.log(JSON.stringify(found)),
    (error: unknown) => {
      rmSync(join(results, "list.csv.part"), {force: true});
      console.error(whyStopped(error));
      process.exitCode = 2;
    }
  );
}
