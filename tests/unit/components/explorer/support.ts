import {openCells} from "../../../../src/components/gallery/cells.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";

/** Bytes as the page gets them from a file. */
export const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** The rows of the committed manifest. */
export const rows = readManifest("src/data/cells");

/** The committed cells as the page reads them. */
export const cells = openCells(bufferOf(packCells(rows)));
