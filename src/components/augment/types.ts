/** An RGB picture: `data[(y * width + x) * 3 + channel]`, values 0…1, row 0 on top. */
export interface Picture {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** An RGB picture of bytes, in the same order as {@link Picture}, values 0…255. */
export interface BytePicture {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** What is seen outside the picture: a mirror image, black, or the border pixel drawn out. */
export type PadMode = "reflection" | "zeros" | "border";

/** How a value between pixels is found. */
export type Mode = "bilinear" | "nearest" | "bicubic";

/** A window of a picture, in whole pixels. */
export interface Crop {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** What was drawn for one picture; what is absent is neutral. */
export interface Draw {
  /** Mirrored left to right. */
  readonly flip?: boolean;
  /** One of the eight poses of a square, 0 (as it is) … 7; stands in the place of `flip` when `flipVert` is on. */
  readonly dihedral?: number;
  /** Rotation about the centre in degrees, clockwise on screen, −360…360; neutral 0. */
  readonly degrees?: number;
  /** Enlargement, > 0; neutral 1. */
  readonly zoom?: number;
  /** Where the zoomed window lies in the free space: 0 left or top, 1 right or bottom; neutral [0.5, 0.5]. */
  readonly zoomCenter?: readonly [x: number, y: number];
  /** Perspective tilt, −1…1 without the ends; neutral 0. */
  readonly warpX?: number;
  readonly warpY?: number;
  /** Brightness in 0…1 without the ends; neutral 0.5. */
  readonly brightness?: number;
  /** Contrast factor, > 0; neutral 1. */
  readonly contrast?: number;
  /** Presizing by `RandomResizedCropGPU`: the window cut out of the warped picture before it is made small. */
  readonly crop?: Crop;
}
