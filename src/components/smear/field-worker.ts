import {toRgba} from "../augment/pixels.js";
import type {ModelSource} from "../engine/download.js";
import {openFinder} from "../finder/open-finder.js";
import type {Finder} from "../finder/open-finder.js";
import {decodePicture} from "../formats/decode.js";
import {FIELD_LIMITS, setLimits} from "../formats/limits.js";
import {Refusal, messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import type {FieldReply, FieldRequest} from "./field-protocol.js";
import {cutCells, readField, readPicture} from "./read-field.js";
import type {FieldWatcher} from "./read-field.js";
import {readSmear} from "./read-record.js";

setLimits(FIELD_LIMITS);

const post = (reply: FieldReply, transfer: Transferable[] = []) => postMessage(reply, {transfer});
let source: ModelSource;
let opened: Promise<Finder> | undefined;
/** One after another: a field may hold half a gigabyte meanwhile. */
let last: Promise<void> = Promise.resolve();

/** The finder, which is tried once more where it could not be had. */
function finder(): Promise<Finder> {
  opened ??= openFinder(source, (loaded, total) =>
    post({type: "finder", finder: {state: "loading", loaded, total}})
  ).then(
    (found) => {
      post({type: "finder", finder: {state: "ready", backend: found.backend}});
      return found;
    },
    (error: unknown) => {
      opened = undefined;
      post({type: "finder", finder: {state: "failed", message: messageOf(error)}});
      throw error;
    }
  );
  return opened;
}

async function show(id: number, picture: RgbPicture): Promise<void> {
  const pixels = new ImageData(toRgba(picture, 1), picture.width, picture.height);
  const bitmap = await createImageBitmap(pixels, {colorSpaceConversion: "none"});
  post({type: "picture", id, picture: bitmap}, [bitmap]);
}

async function answer(request: Exclude<FieldRequest, {type: "load"}>): Promise<void> {
  const {id, file} = request;
  try {
    const onStage: FieldWatcher["onStage"] = (stage, share) => post({type: "stage", id, stage, share});
    if (request.type === "show") return await show(id, (await readPicture(file, decodePicture)).picture);
    if (request.type === "open") return post({type: "opened", id, fields: readSmear(await file.text())});
    const parts = {decode: decodePicture, finder: finder()};
    if (request.type === "cut")
      return post({type: "cut", id, pictures: await cutCells(file, request.request, parts, {onStage})});
    const field = await readField(file, parts, {onStage, onPicture: (picture) => show(id, picture)});
    post({type: "field", id, field});
  } catch (error) {
    post({type: "refusal", id, code: error instanceof Refusal ? error.code : null, message: messageOf(error)});
  }
}

addEventListener("message", ({data}: MessageEvent<FieldRequest>) => {
  if (data.type === "load") {
    ({source} = data);
    finder().catch(() => {});
  } else last = last.then(() => answer(data));
});
