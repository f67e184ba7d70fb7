import {join} from "node:path/posix";

/** A face that the site serves itself, from its package of npm: Latin letters, figures and signs. */
export interface Face {
  family: string;
  weight: 400 | 600;
  /** Its file in the package, and below `fonts/` of the site. */
  file: string;
}

/** One text face in two weights, and one for titles and large figures. */
export const faces: readonly Face[] = [
  {family: "Inter", weight: 400, file: "inter/files/inter-latin-400-normal.woff2"},
  {family: "Inter", weight: 600, file: "inter/files/inter-latin-600-normal.woff2"},
  {family: "Source Serif 4", weight: 600, file: "source-serif-4/files/source-serif-4-latin-600-normal.woff2"}
];

/** Where the packages of the faces lie. */
export const fontPackages = "node_modules/@fontsource";

/** Folders of the packages whose faces are served. */
export const fontFolders = [...new Set(faces.map(({file}) => join(fontPackages, file.split("/")[0]!)))];

/**
 * What stands in until a face has come: fonts of the machine, scaled to the face's mean width and height, so that no line
 * moves when it comes. Computed by Capsize 4 from the metrics of both fonts; in per cent.
 */
const standIns = [
  {family: "Inter", local: ["Arial", "ArialMT", "Liberation Sans"], size: 107.12, ascent: 90.44, descent: 22.52},
  {family: "Inter", local: ["DejaVu Sans"], size: 93.95, ascent: 103.12, descent: 25.67},
  {family: "Source Serif 4", local: ["Georgia"], size: 107.45, ascent: 96.42, descent: 31.18},
  {
    family: "Source Serif 4",
    local: ["Times New Roman", "TimesNewRomanPSMT", "Liberation Serif"],
    size: 117.91,
    ascent: 87.87,
    descent: 28.41
  },
  {family: "Source Serif 4", local: ["DejaVu Serif Bold"], size: 83.99, ascent: 123.35, descent: 39.89}
];

/** The stylesheet that declares all faces and what stands in for them. It lies two folders below the site's root. */
export function fontStyles(): string {
  const own = faces.map(
    ({family, weight, file}) =>
      `@font-face {font-family: "${family}"; font-weight: ${weight}; font-display: swap; src: url("../../fonts/${file}") format("woff2")}`
  );
  const others = standIns.map(({family, local, size, ascent, descent}, n) => {
    const sources = local.map((name) => `local("${name}")`).join(", ");
    return `@font-face {font-family: "${family} stand-in ${n}"; src: ${sources}; size-adjust: ${size}%; ascent-override: ${ascent}%; descent-override: ${descent}%; line-gap-override: 0%}`;
  });
  const families = [...new Set(standIns.map(({family}) => family))].map((family) => {
    const names = standIns.flatMap((one, n) => (one.family === family ? [`"${family} stand-in ${n}"`] : []));
    return `--${family === "Inter" ? "text" : "display"}-face: "${family}", ${names.join(", ")}`;
  });
  return [...own, ...others, `:root {${families.join("; ")}}`].join("\n") + "\n";
}
