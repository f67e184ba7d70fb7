/**
 * A drawing as a PNG, `scale` times as large as it says it is, so that it stays sharp on paper.
 *
 * @param text a stand-alone SVG file with a width and a height, as `svgText` makes it
 * @throws Error when the browser can't draw it
 */
export async function svgPicture(text: string, scale = 2): Promise<Blob> {
  const image = new Image();
  // Not a blob: a canvas that drew one of those may not be read everywhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no PNG of this figure."))))
  );
}
