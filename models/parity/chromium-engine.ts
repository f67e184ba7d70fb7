import {mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import path from "node:path";
import type * as Tensorflow from "@tensorflow/tfjs";
import {openSite} from "../../src/build/browser/open-site.js";
import {cellSide, cellValues} from "../../src/data/shapes/cells.js";

/** P(parasitized) of cells by stock TensorFlow.js on WebGL in headless Chromium. */
export async function scoreInChromium(
  directory: string,
  cells: Uint8Array,
  onCell: () => void = () => {}
): Promise<Float32Array> {
  const root = await mkdtemp(path.join(tmpdir(), "parity-"));
  try {
    const bundle = createRequire(import.meta.url).resolve("@tensorflow/tfjs/dist/tf.fesm.min.js");
    await symlink(bundle, path.join(root, "tf.js"));
    await symlink(path.resolve(directory), path.join(root, "model"));
    await writeFile(path.join(root, "index.html"), "<!doctype html><link rel=icon href=data:,><title>parity</title>");
    const site = await openSite({directory: root});
    try {
      const {page} = await site.open("/");
      const scorer = await page.evaluateHandle(async () => {
        const tf = (await import(new URL("/tf.js", location.href).href)) as typeof Tensorflow;
        if (!(await tf.setBackend("webgl"))) throw new Error("WebGL is not available.");
        const model = await tf.loadGraphModel(new URL("/model/model.json", location.href).href);
        return async (bytes: number[], side: number) => {
          const pictures = tf.tensor4d(
            Float32Array.from(bytes, (value) => value / 255),
            [1, side, side, 3]
          );
          const answer = model.predict(pictures) as Tensorflow.Tensor;
          const [p] = await answer.data();
          tf.dispose([pictures, answer]);
          return p!;
        };
      });
      const size = cellValues;
      const scores = new Float32Array(cells.length / size);
      for (let i = 0; i < scores.length; i++) {
        const bytes = Array.from(cells.subarray(i * size, (i + 1) * size));
        scores[i] = await page.evaluate(([score, pixels, side]) => score(pixels, side), [
          scorer,
          bytes,
          cellSide
        ] as const);
        onCell();
      }
      return scores;
    } finally {
      await site.close();
    }
  } finally {
    await rm(root, {recursive: true});
  }
}
