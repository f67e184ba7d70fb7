import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import JSZip from "jszip";
import sharp from "sharp";
import {beforeAll, describe, expect, test} from "vitest";
import {LABORATORIES, isHeldOut, readLaboratory} from "../../../../models/laboratories/cells.js";

const directory = mkdtempSync(join(tmpdir(), "laboratories-"));

/** A field of 80×60 whose red value is its column and green its row. */
async function field(): Promise<Buffer> {
  const data = Buffer.alloc(80 * 60 * 3, 200);
  for (let pixel = 0; pixel < 80 * 60; pixel++) data.set([pixel % 80, Math.floor(pixel / 80)], pixel * 3);
  return sharp(data, {raw: {width: 80, height: 60, channels: 3}})
    .png()
    .toBuffer();
}

async function archive(name: string, rows: string[], images: string[]): Promise<void> {
  const zip = new JSZip();
  for (const image of images) zip.file(image, await field());
  zip.file("manifest.csv", ["image,x,y,w,h,label,class,species,anno", ...rows].join("\n"));
  writeFileSync(join(directory, LABORATORIES[name]!.archive), await zip.generateAsync({type: "nodebuffer"}));
}

beforeAll(async () => {
  await archive(
    "barcelona",
    [
      "images/patient_1_a.png,20,15,20,20,healthy,,,box",
      "images/patient_1_a.png,-3,-3,20,20,healthy,,,box",
      "images/patient_1_a.png,2,2,20,20,healthy,,,box",
      "images/patient_1_a.png,20,15,8,20,healthy,,,box",
      "images/patient_2_a.png,20,15,20,20,wbc,,,box",
      "images/patient_2_a.png,50,30,20,20,infected,,,box"
    ],
    ["images/patient_1_a.png", "images/patient_2_a.png"]
  );
  await archive("plymouth", ["images/inf_1_2_3.png,0,0,80,60,infected,,,crop"], ["images/inf_1_2_3.png"]);
});

describe("readLaboratory", () => {
  test("cuts cells out by their boxes with some ground, clipped at the edge; what is no red cell, too small or cut off by the field is left out", async () => {
    const cells = await readLaboratory(directory, "barcelona", 10);
    expect(cells.map(({label, x, y, group}) => [label, x, y, group])).toEqual([
      ["infected", 50, 30, "patient_2"],
      ["healthy", 20, 15, "patient_1"],
      ["healthy", 2, 2, "patient_1"]
    ]);
    const [, whole, clipped] = cells.map(({picture}) => picture);
    expect(whole!.width).toBeGreaterThanOrEqual(20);
    expect(whole!.width).toBeLessThanOrEqual(36);
    // The first pixel says where in the field the crop begins.
    const [left, top] = whole!.data;
    expect([20 - left!, whole!.width - 20 - (20 - left!)]).toEqual([20 - left!, 20 - left!]);
    expect(15 - top!).toBe(20 - left!);
    expect([...clipped!.data.slice(0, 2)]).toEqual([0, 0]);
    expect(cells.map(({box}) => box && [box.right - box.left, box.bottom - box.top])).toEqual(
      cells.map(() => [20, 20])
    );
    expect(cells[1]!.box).toMatchObject({left: 20 - left!, top: 15 - top!});
    expect(cells[2]!.box).toMatchObject({left: 2, top: 2});
  });

  test("takes a crop as it is, and no more of a label than asked", async () => {
    const [cell] = await readLaboratory(directory, "plymouth", 10);
    expect(cell).toMatchObject({group: "inf_1_2", picture: {width: 80, height: 60, channels: 3}});
    expect(await readLaboratory(directory, "barcelona", 1)).toHaveLength(2);
  });

  test("says which laboratories there are, and what is missing", async () => {
    await expect(readLaboratory(directory, "atlantis", 1)).rejects.toThrow(/no laboratory atlantis: use plymouth/);
    await expect(readLaboratory(directory, "chula", 1)).rejects.toThrow(/chula_rbc12\.zip cannot be read/);
  });
});

test("one group of five is held out, told by its name as in the training code", () => {
  const held = Array.from({length: 500}, (_, n) => isHeldOut(`group ${n}`)).filter(Boolean).length;
  expect(held).toBeGreaterThan(70);
  expect(held).toBeLessThan(130);
  expect(LABORATORIES.bbbc041!.teaches).toBe(false);
});
