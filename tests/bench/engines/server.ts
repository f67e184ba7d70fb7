import {once} from "node:events";
import {readFileSync} from "node:fs";
import {startPython} from "./python.js";

/** What was measured of the upload server. */
export interface ServerFigures {
  /** From the start of the process to the first answer, in ms; the median of `starts`. */
  cold: number;
  starts: number;
  /** One upload and its answer, in ms. */
  warm: number;
  /** 512 uploads one after another, in ms a cell. */
  batch: number;
  /** Bytes of one upload and its answer, without headers. */
  bytes: number;
  /** Resident memory, in bytes, at the end. */
  memory: number;
  /** By the number of visitors at once: until the last has an answer, median wait, and the server's processor time each. */
  visitors: {visitors: number; last: number; median: number; processor: number}[];
}

/** Starts of the server that are timed. */
const STARTS = 5;

/**
 * Starts the Flask server and uploads to it, as 1, 10 and 100 visitors at once do, on this computer only.
 * @param pictures PNG files
 * @throws Error when the server gives no answer
 */
export async function measureServer(model: string, pictures: Buffer[]): Promise<ServerFigures> {
  const port = 20_000 + (process.pid % 20_000);
  const post = async (index: number) => {
    const body = new FormData();
    body.append("file", new Blob([Uint8Array.from(pictures[index % pictures.length]!)]), "cell.png");
    const answer = await (await fetch(`http://127.0.0.1:${port}/`, {method: "POST", body})).text();
    if (!answer.startsWith("Prediction: ")) throw new Error(`The server answered: ${answer.slice(0, 200)}`);
    return answer;
  };
  const start = async () => {
    const begin = performance.now();
    const python = startPython("app.py", [model, String(port)], ["ignore", "ignore", "inherit"]);
    for (;;) {
      const answer = await post(0).catch(() => null);
      if (answer !== null) return {python, answer, cold: performance.now() - begin};
      if (python.exitCode !== null || performance.now() - begin > 60_000) throw new Error("Flask did not start.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const colds: number[] = [];
  while (colds.length < STARTS - 1) {
    const {python, cold} = await start();
    colds.push(cold);
    python.kill();
    await once(python, "exit");
  }
  const {python, answer, cold} = await start();
  colds.push(cold);
  try {
    const timed = async <T>(work: () => Promise<T>) => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    const warm: number[] = [];
    for (let n = 0; n < 30; n++) warm.push(await timed(() => post(n)));
    const batch = await timed(async () => {
      for (let n = 0; n < 512; n++) await post(n);
    });
    const visitors: ServerFigures["visitors"] = [];
    for (const count of [1, 10, 100]) {
      const before = processorOf(python.pid!);
      const waits: number[] = [];
      const last = await timed(() =>
        Promise.all(Array.from({length: count}, async (_, n) => waits.push(await timed(() => post(n)))))
      );
      const processor = (processorOf(python.pid!) - before) / count;
      visitors.push({visitors: count, last, median: median(waits), processor});
    }
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${python.pid}/status`, "utf8"))![1]) * 1024;
    const bytes = pictures[0]!.length + answer.length;
    return {cold: median(colds), starts: STARTS, warm: median(warm), batch: batch / 512, bytes, memory, visitors};
  } finally {
    python.kill();
  }
}

/** Processor time of a process so far, in ms, from Linux's clock ticks of 10 ms. */
export function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Median, of an even number of values the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
