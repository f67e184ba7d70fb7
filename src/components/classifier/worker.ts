import {downloadModel} from "./download.js";
import {fetchAhead, loadEngine} from "./load-engine.js";
import {createPreparer} from "./preparer.js";
import type {Request} from "./protocol.js";
import {createSession} from "./session.js";
import {softwareWebgl} from "./software-webgl.js";

const handle = createSession({
  post: (reply) => postMessage(reply),
  download(source, options) {
    if (source.wasm) fetchAhead(source.wasm);
    return downloadModel(source, options);
  },
  loadEngine,
  prepare: createPreparer(),
  softwareWebgl
});

addEventListener("message", ({data}: MessageEvent<Request>) => void handle(data));
