import {parentPort} from "node:worker_threads";
import {openScorer} from "./scorer.js";
import type {ScoreRequest} from "./scorer.js";

// One thread of `npm run score`: answers each file with its row.
const score = await openScorer();
parentPort!.on("message", ({id, ...file}: ScoreRequest) => {
  void score(file).then((scored) => parentPort!.postMessage({id, scored}));
});
parentPort!.postMessage("ready");
