import {mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {createInterface} from "node:readline";
import {openCrew} from "../score/crew.js";
import type {Crew} from "../score/crew.js";
import {readList} from "../score/list.js";
import type {Part} from "../score/list.js";
import {networksOfRun, openScores, whyStopped} from "../score/scores-file.js";
import type {Tally} from "../score/scores-file.js";

// What a worker of a cluster asks: reads one job a line, answers each with one line, what became of its files or why they could
// not be scored, and ends with its input.

/** A partition to score. */
interface Job {
  list: string;
  part: Part;
  /** The file of its scores; beside it, in `tallies/`, what became of its files. Both have their names once they are whole. */
  out: string;
}

const networks = networksOfRun();

async function score({list, part, out}: Job, crew: Crew): Promise<Tally & {seconds: number; processorSeconds: number}> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const [unfinished, tallies] = ["unfinished", "tallies"].map((name) => join(dirname(out), name)) as [string, string];
  for (const folder of [unfinished, tallies]) mkdirSync(folder, {recursive: true});
  const own = mkdtempSync(join(unfinished, "part-"));
  const scores = await openScores(join(own, basename(out)), {networks, identity: ""});
  try {
    await crew.score(readList(list, part), scores.append);
    const {answered, outside, unread} = scores.tally;
    const scored = answered + outside + unread;
    if (scored !== part.count) throw new Error(`${list} has changed: begin anew, with another --out.`);
    await scores.end();
    const {user, system} = process.cpuUsage(before);
    const seconds = (performance.now() - start) / 1000;
    const outcome = {...scores.tally, seconds, processorSeconds: (user + system) / 1e6};
    writeFileSync(join(own, "tally.json"), JSON.stringify(outcome));
    renameSync(join(own, "tally.json"), join(tallies, `${basename(out)}.json`));
    renameSync(join(own, basename(out)), out);
    return outcome;
  } finally {
    rmSync(own, {recursive: true, force: true});
  }
}

const crew = await openCrew(1);
const lines = createInterface({input: process.stdin});
for await (const line of lines) {
  const answer = await score(JSON.parse(line) as Job, crew).catch((error: unknown) => ({error: whyStopped(error)}));
  console.log(JSON.stringify(answer));
}
process.exit(0);
