import {messageOf} from "../engine/choose-engine.js";
import {Refusal} from "../image/refusal.js";
import {preparePicture} from "./prepare-picture.js";
import type {Prepare} from "./preparer.js";
import type {PreparationReply, PreparationRequest} from "./protocol.js";

/** Answers a request of {@link createPreparer}. Never rejects. */
export async function answerPreparation(
  {id, file, reading}: PreparationRequest,
  prepare: Prepare = preparePicture
): Promise<PreparationReply> {
  try {
    return {type: "prepared", id, picture: await prepare(file, reading)};
  } catch (error) {
    return {type: "refusal", id, code: error instanceof Refusal ? error.code : null, message: messageOf(error)};
  }
}
