import {answerPreparation} from "./prepare-picture.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

addEventListener("message", ({data}: MessageEvent<PreparationRequest>) => {
  void answerPreparation(data).then((reply) =>
    postMessage(reply, {transfer: reply.type === "prepared" ? [reply.picture.cell.buffer] : []})
  );
});
postMessage({type: "started"} satisfies PreparationReply);
