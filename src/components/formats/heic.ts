import type loadLibrary from "libheif-js/libheif-wasm/libheif-bundle.mjs";
import {compositeOnBlack} from "./channels.js";
import {damaged} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";
import {checkPixels} from "./limits.js";

type Library = ReturnType<typeof loadLibrary>;

let library: Library | undefined;

/**
 * Decodes an HEIC or HEIF photo, as phones take them: the primary image, turned upright, 8 bits a channel, transparent parts
 * on black. The library (libheif, LGPL-3.0) is loaded when the first such file comes, and anew after one that it failed on.
 * @throws Refusal `damaged` or `too-many-pixels`
 */
export async function decodeHeic(bytes: Uint8Array): Promise<LibraryPicture> {
  const {default: load} = await import("libheif-js/libheif-wasm/libheif-bundle.mjs");
  try {
    library ??= load();
    const images = new library.HeifDecoder().decode(bytes);
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw damaged("HEIC");
    try {
      const [width, height] = [image.get_width(), image.get_height()];
      checkPixels({width, height});
      const data = await new Promise<Uint8ClampedArray | null>((resolve) => {
        const pixels = createSink(width * height * 4);
        image.display({data: pixels, width, height}, (shown) => resolve(shown ? pixels.whole() : null));
      });
      if (!data) throw damaged("HEIC");
      return {data: compositeOnBlack(data), width, height, channels: 3, pages: images.length, depth: 8};
    } finally {
      for (const one of images) one.free();
    }
  } catch (error) {
    library = undefined;
    throw error instanceof Error && error.name === "Refusal" ? error : damaged("HEIC");
  }
}

/**
 * Takes what libheif writes, at whatever place: the pixels of a damaged file may be more or fewer than it says, and an error in
 * the library's own callback would be nobody's to catch.
 */
function createSink(length: number) {
  const data = new Uint8ClampedArray(length);
  let written = 0;
  return {
    set(values: Uint8Array, at = 0) {
      if (at + values.length > length) return;
      data.set(values, at);
      written += values.length;
    },
    /** The pixels, or null where not all of them came. */
    whole: () => (written === length ? data : null)
  };
}
