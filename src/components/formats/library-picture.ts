import type {RgbPicture} from "../image/resize.js";

/** A picture that a library of ours decoded: upright, on black. */
export interface LibraryPicture extends RgbPicture {
  /** Images or pages in the file; the first or primary one was read. */
  pages: number;
  /** Bits a sample that the file uses; more than 8 were brought to 0…255. */
  depth: number;
}
