import {downloadModel} from "../engine/download.js";
import {softwareWebgl} from "../engine/engine.js";
import {fetchAhead, loadEngine, loadKernels} from "../engine/load-engine.js";
import {createPreparer} from "./preparer.js";
import type {Request} from "./protocol.js";
import {createSession} from "./session.js";

const handle = createSession({
  post: (reply) => postMessage(reply),
  download(source, options) {
    if (source.wasm) fetchAhead(source.wasm);
    return downloadModel(source, options);
  },
  loadEngine,
  loadKernels,
  prepare: createPreparer(),
  softwareWebgl
});

addEventListener("message", ({data}: MessageEvent<Request>) => void handle(data));
