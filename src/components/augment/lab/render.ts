import {cellSide} from "../../../data/shapes/cells.js";
import {augmenter} from "../augment.js";
import {augmentNotebook, notebookResize} from "../notebook.js";
import {toFloats, denormalise, normalise} from "../pixels.js";
import {itemResize, itemWindow, pilResize} from "../resize.js";
import {sample} from "../sampling.js";
import {stain} from "../stain.js";
import type {Stain} from "../stain.js";
import type {BytePicture, Draw, Picture} from "../types.js";
import {endTiles} from "./ends.js";
import {planeReach, tileSide} from "./protocol.js";
import type {Details, Job, Stage, Tile} from "./protocol.js";
import type {Settings} from "./settings.js";
import {transformOptions} from "./settings.js";
import {byteTile, fitTile, floatTile, scaleNote} from "./tiles.js";

/** An item after `Resize(460)`, or as this network takes it, ready to be augmented. */
interface Item {
  bytes: BytePicture;
  floats: Picture;
  apply: ReturnType<typeof augmenter>;
}

/** Renders the pictures of the page for one cell; items are kept, since they change with the cell and the seed only. */
export function renderer(picture: BytePicture): (job: Omit<Job, "id">) => {tiles: Tile[]; details?: Details} {
  const items = new Map<string, Item>();
  const item = (place: [number, number], {method, padMode, transforms}: Settings): Item => {
    const options = {method, padMode, place};
    const {left, top} = itemWindow(picture, options);
    const isCell = transforms === "trained";
    const key = isCell ? "cell" : [method, padMode, left, top].join();
    if (!items.has(key)) {
      if (items.size >= 24) items.clear();
      const bytes = isCell ? packedCell(picture) : itemResize(picture, options);
      const floats = toFloats(bytes);
      items.set(key, {bytes, floats, apply: augmenter(floats)});
    }
    return items.get(key)!;
  };
  let cropped: BytePicture | undefined;

  return ({settings, drawn, quick}) => {
    const chosen = settings.draw - 1;
    const current = item(drawn.places[chosen]!, settings);
    const plane = () => floatTile(planeOf(current.floats, settings));
    if (settings.transforms === "notebook") {
      const ready = (cropped ??= notebookResize(picture));
      const pictures = drawn.notebook.map((draw) => augmentNotebook(ready, draw));
      const tiles = pictures.map((each) => fitTile(byteTile(each), tileSide));
      if (quick) return {tiles};
      return {tiles, details: {stages: notebookStages(picture, ready, pictures[chosen]!), plane: plane(), ends: {}}};
    }
    const options = {...transformOptions(settings), step: Math.max(1, Math.floor(Number(settings.size) / tileSide))};
    const tiles = drawn.draws.map((draw, i) =>
      floatTile(stain(item(drawn.places[i]!, settings).apply(draw, options), drawn.stains[i]!))
    );
    if (quick) return {tiles};
    const stages = fastaiStages(picture, current, {...drawn.draws[chosen]!, ...drawn.stains[chosen]!}, settings);
    return {tiles, details: {stages, plane: plane(), ends: endTiles(current.apply, settings)}};
  };
}

/**
 * A picture as the cells are packed: bilinear between pixel centres, without averaging, proportions given up. OpenCV, which
 * packed them, rounds in between: a value may differ by one.
 */
export function packedCell(picture: BytePicture): BytePicture {
  const grid = {matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] as const, width: cellSide, height: cellSide, alignCorners: false};
  const {data} = sample(toFloats(picture), grid, {padMode: "border", mode: "bilinear"});
  return {data: Uint8Array.from(data, (value) => Math.round(255 * value)), width: cellSide, height: cellSide};
}

/** The item and what is seen around it, as far as {@link planeReach}. */
function planeOf(picture: Picture, {padMode, mode, alignCorners}: Settings): Picture {
  const side = 336;
  const matrix = [planeReach, 0, 0, 0, planeReach, 0, 0, 0, 1] as const;
  return sample(picture, {matrix, width: side, height: side, alignCorners}, {padMode, mode});
}

function fastaiStages(
  original: BytePicture,
  {bytes, floats, apply}: Item,
  {hue, saturation, gain, ...draw}: Draw & Stain,
  settings: Settings
): Stage[] {
  const options = transformOptions(settings);
  const isCell = settings.transforms === "trained";
  const {crop} = draw;
  const geometry = {...draw, brightness: undefined, contrast: undefined, crop: undefined};
  const turned = apply(geometry, {...options, size: undefined});
  const small = apply(crop ? {...geometry, crop} : geometry, options);
  const lit = apply(draw, options);
  const drawnStain: Stain = {
    ...(hue !== undefined && {hue}),
    ...(saturation !== undefined && {saturation}),
    ...(gain && {gain})
  };
  const stained = stain(lit, drawnStain);
  const window = crop ? ` The crop: ${crop.width} pixels wide, at (${crop.left}, ${crop.top}).` : "";
  return [
    stage("Original", `${original.width} × ${original.height} pixels`, byteTile(original), original),
    isCell
      ? stage(
          "50 × 50",
          "OpenCV's bilinear filter, proportions given up: so the cells are packed.",
          byteTile(bytes),
          bytes
        )
      : stage("Resize(460)", `Pillow's bilinear filter; ${methodNote(settings)}`, byteTile(bytes), bytes),
    stage(
      "Geometry",
      crop
        ? "At 460 pixels, the first of two interpolations."
        : `Shown at ${bytes.width} for the eye: ${isCell ? "the training" : "fastai"} reads the next picture straight from the last, in one interpolation.`,
      floatTile(turned),
      floats
    ),
    stage(
      `size=${settings.size}`,
      `What the geometry leaves at ${settings.size} pixels.${window}`,
      floatTile(small),
      small
    ),
    stage("Lighting", lightingNote(draw), floatTile(lit), lit),
    ...(settings.pStain > 0 ? [stage("Stain", stainNote(drawnStain), floatTile(stained), stained)] : []),
    networkStage(stained)
  ];
}

function notebookStages(original: BytePicture, cropped: BytePicture, turned: BytePicture): Stage[] {
  const short = Math.min(original.width, original.height);
  const large = pilResize(
    original,
    Math.trunc((256 * original.width) / short),
    Math.trunc((256 * original.height) / short)
  );
  return [
    stage("Original", `${original.width} × ${original.height} pixels`, byteTile(original), original),
    stage("Resize(256)", `The shorter side to 256: ${large.width} × ${large.height}.`, byteTile(large), large),
    stage("CenterCrop(224)", "The rim is cut off on all sides.", byteTile(cropped), cropped),
    stage("Rotation, flips", "Nearest pixel, so edges turn ragged; corners turn black.", byteTile(turned), turned),
    networkStage(toFloats(turned))
  ];
}

/** What the network sees: the normalised values as colours, and the proof that nothing was lost. */
function networkStage(picture: Picture): Stage {
  const values = normalise(picture);
  const back = denormalise(values).data;
  let error = 0;
  for (let i = 0; i < back.length; ++i) error = Math.max(error, Math.abs(back[i]! - picture.data[i]!));
  const [low, high] = [-2.2, 2.7];
  const shown = {...values, data: values.data.map((value) => (value - low) / (high - low))};
  const note = `(x − mean) / deviation, drawn from −2.2 (black) to 2.7 (white). Turned back, it differs from the last picture by at most ${error.toExponential(0)}.`;
  return stage("Normalised", note, floatTile(shown), picture);
}

function stage(title: string, note: string, tile: Tile, size: {width: number; height: number}): Stage {
  const scaled = scaleNote(size);
  return {title, note: scaled ? `${note.replace(/\.$/, "")}; ${scaled}.` : note, tile: fitTile(tile)};
}

function methodNote({method}: Settings): string {
  if (method === "squish") return "proportions given up";
  return method === "pad" ? "the missing strip mirrored" : "the largest square, at a drawn place";
}

function stainNote(drawn: Stain): string {
  const {hue = 0, saturation = 1, gain = [1, 1, 1]} = drawn;
  if (Object.keys(drawn).length === 0) return "No stain was drawn: nothing changes.";
  const channels = gain.map((factor) => factor.toFixed(2)).join(", ");
  return `Hue ${((hue * 180) / Math.PI).toFixed(0).replace("-", "−")}°, chroma × ${saturation.toFixed(2)}, red, green and blue × ${channels}.`;
}

function lightingNote({brightness, contrast}: Draw): string {
  if (brightness === undefined && contrast === undefined)
    return "Neither brightness nor contrast was drawn: nothing changes.";
  return `Brightness ${brightness?.toFixed(3) ?? "untouched"}, contrast ${contrast?.toFixed(3) ?? "untouched"}.`;
}
