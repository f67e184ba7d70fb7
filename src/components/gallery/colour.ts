/** Hue in degrees 0…360, saturation 0…1. */
export interface HueSaturation {
  hue: number;
  saturation: number;
}

/** Hue and saturation of an RGB colour (channels 0…255) in the HSV model; grey has hue 0 (Smith 1978). */
export function hueSaturation(red: number, green: number, blue: number): HueSaturation {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) return {hue: 0, saturation: 0};
  const sextant =
    value === red ? (green - blue) / chroma : value === green ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
  return {hue: (60 * sextant + 360) % 360, saturation: chroma / value};
}

/** Rec. 601 luma of an RGB colour (channels 0…255) as a share of white, 0…1. */
export function brightness(red: number, green: number, blue: number): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
