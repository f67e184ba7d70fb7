import {answerPreparation} from "./prepare-picture.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

addEventListener("message", async ({data}: MessageEvent<PreparationRequest>) => {
  const reply = await answerPreparation(data);
  postMessage(reply, {transfer: reply.type === "prepared" ? [reply.picture.cell.buffer] : []});
});
postMessage({type: "started"} satisfies PreparationReply);
