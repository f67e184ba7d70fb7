import {copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import {builtinModules, createRequire} from "node:module";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import path from "node:path";
import {build} from "esbuild";
import type {Page} from "playwright-core";
import sirv from "sirv";
import {listen} from "../../../src/build/serve.js";
import {openSite} from "../../browser/harness.js";
import {reasonOf} from "./contender.js";
import type {Contender} from "./contender.js";

const require = createRequire(import.meta.url);
const tfjs = path.join(path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist");

/** Headless Chromium on a page that may use threads, with the site's own engines and ONNX Runtime Web beside it. */
export async function openBrowser({models, cells}: {models: Record<string, Uint8Array>; cells: Uint8Array}) {
  const root = mkdtempSync(path.join(tmpdir(), "bench-engines-"));
  const own = (name: string) => path.join(root, name);
  const ort = path.join(path.dirname(require.resolve("onnxruntime-web")));
  writeFileSync(own("index.html"), "<!doctype html><link rel=icon href=data:,><title>bench</title>");
  for (const [name, content] of Object.entries(models)) writeFileSync(own(name), content);
  writeFileSync(own("cells.bin"), cells);
  for (const file of ["kernels.wasm", "shared-kernels.wasm"]) copyFileSync(`src/components/kernels/${file}`, own(file));
  symlinkSync(path.resolve("models"), own("models"));
  symlinkSync(tfjs, own("tfjs"));
  mkdirSync(own("ort"));
  cpSync(ort, own("ort"), {recursive: true});
  await build({
    entryPoints: {
      engines: "tests/bench/engines/browser-worker.ts",
      profile: "tests/bench/engines/profile-worker.ts",
      "thread-worker": "src/components/kernels/thread-worker.ts"
    },
    outdir: root,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    // TensorFlow.js asks for them only where it finds itself in Node.
    external: [...builtinModules]
  });
  // Without a policy: other engines need more than this site's allows. Isolated, for their threads.
  const isolation = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"};
  const handle = sirv(root, {
    setHeaders(response) {
      for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    }
  });
  const host = createServer((request, response) => handle(request, response));
  await listen(host, 0, "127.0.0.1");
  const site = await openSite({directory: root, args: ["--enable-unsafe-webgpu"]});
  const {page} = await site.open(`http://localhost:${(host.address() as AddressInfo).port}/`);
  const versions = {
    chromium: site.browser.version(),
    "onnxruntime-web": (JSON.parse(readFileSync(path.join(ort, "../package.json"), "utf8")) as {version: string})
      .version
  };
  return {
    page,
    versions,
    worker: (name: string, script: string) => openWorker(page, name, script),
    contender: (settings: BrowserContender) => contender(page, settings),
    async close() {
      await site.close();
      host.close();
      rmSync(root, {recursive: true});
    }
  };
}

/** What is to be opened in a worker. */
export interface BrowserContender {
  id: string;
  label: string;
  /** Folder under `models/`; ResNet-34's by default. */
  model?: string;
  kind: "own" | "tfjs" | "onnx";
  backend: "webgl" | "wasm" | "cpu" | "webgpu";
  threads: number;
  batch: number;
  cells?: number;
  /** Whether it starts anew for every round. */
  fresh?: boolean;
}

/** A worker of the page that is started when it is first asked; it answers one question at a time. */
function openWorker(page: Page, id: string, script: string) {
  const ask = (question: unknown) =>
    page.evaluate(
      ([name, address, message]) =>
        new Promise((resolve, reject) => {
          const workers = ((window as unknown as {workers?: Record<string, Worker>}).workers ??= {});
          const worker = (workers[name] ??= new Worker(address, {type: "module"}));
          worker.onerror = ({message: words}) => reject(new Error(words));
          worker.onmessage = ({data}: MessageEvent<{result: unknown; error?: string}>) =>
            data.error === undefined ? resolve(data.result) : reject(new Error(data.error));
          worker.postMessage(message);
        }),
      [id, script, question] as const
    );
  const close = () =>
    page.evaluate((name) => {
      const {workers} = window as unknown as {workers: Record<string, Worker>};
      workers[name]?.terminate();
      delete workers[name];
    }, id);
  return {ask, close};
}

function contender(
  page: Page,
  {id, label, cells = 512, model = "resnet34", fresh, ...settings}: BrowserContender
): Contender {
  const {ask, close} = openWorker(page, id, "/engines.js");
  return {
    id,
    label,
    cells,
    fresh,
    batch: settings.batch,
    close,
    open: () => ask({open: {...settings, model}}).then(() => null, reasonOf),
    measure: (count, batch) => ask({cells: count, batch}) as ReturnType<Contender["measure"]>
  };
}
