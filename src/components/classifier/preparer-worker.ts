import {answerPreparation} from "./prepare-picture.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

addEventListener("message", ({data}: MessageEvent<PreparationRequest>) => {
  const {id} = data;
  const onWait = () => postMessage({type: "waits", id} satisfies PreparationReply);
  void answerPreparation(data, onWait).then((reply) =>
    postMessage(reply, {transfer: reply.type === "prepared" ? [reply.picture.cell.buffer] : []})
  );
});
postMessage({type: "started"} satisfies PreparationReply);
