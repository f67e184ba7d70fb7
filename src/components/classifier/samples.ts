import type {Sample} from "./upload.js";

/** A sample cell as `samples.json` has it: what the data set says of it, and its picture as PNG in base64. */
export type StoredSample = Omit<Sample, "file"> & {file: string; png: string};

/** Makes files of the stored samples, as if each had been dropped: trying one makes no request. */
export function readSamples(stored: StoredSample[]): Sample[] {
  return stored.map(({file, png, label, disputed, kind}) => {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
    return {file: new File([bytes], file, {type: "image/png"}), label, disputed, kind};
  });
}
