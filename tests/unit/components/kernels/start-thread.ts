import {Worker} from "node:worker_threads";
import {build} from "esbuild";
import type {ThreadWorker} from "../../../../src/components/kernels/threads.js";

/** What a worker of Node has to offer to be one of a browser. */
const BROWSER =
  'const {parentPort} = require("node:worker_threads");' +
  "globalThis.addEventListener = (type, listener) => parentPort.on(type, (data) => listener({data}));";

/** Bundles `thread-worker.ts`. @returns how such a thread is started in Node */
export async function threadStarter(): Promise<() => ThreadWorker & {ended: Promise<number>}> {
  const {outputFiles} = await build({
    entryPoints: ["src/components/kernels/thread-worker.ts"],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "error"
  });
  const code = BROWSER + outputFiles[0]!.text;
  return () => {
    const worker = new Worker(code, {eval: true});
    return Object.assign(worker as unknown as ThreadWorker, {
      ended: new Promise<number>((resolve) => void worker.once("exit", resolve))
    });
  };
}
