import {downloadModel} from "./download.js";
import {loadEngine} from "./load-engine.js";
import {createPreparer} from "./preparer.js";
import type {Request} from "./protocol.js";
import {createSession} from "./session.js";
import {softwareWebgl} from "./software-webgl.js";

const handle = createSession({
  post: (reply) => postMessage(reply),
  download: downloadModel,
  loadEngine,
  prepare: createPreparer(),
  softwareWebgl
});

addEventListener("message", ({data}: MessageEvent<Request>) => void handle(data));
