import {readFileSync} from "node:fs";
import sharp from "sharp";
import {beforeAll, expect, test} from "vitest";
import {openFinderHere} from "../../../../models/bundle.js";
import {annotate} from "../../../../models/count/annotate.js";
import {countPicture, describeCount} from "../../../../models/count/count-field.js";
import type {CountParts, CountedField} from "../../../../models/count/count-field.js";
import {openClassifier} from "../../../../models/score/scorer.js";
import {parseMetadata} from "../../../../src/components/engine/metadata.js";

const SAMPLES = "src/data/samples/smear";
const truth = JSON.parse(readFileSync(`${SAMPLES}/truth.json`, "utf8")) as Record<
  string,
  {cells: {x: number; y: number; width: number; label: string}[]}
>;
const file = Uint8Array.from(readFileSync(`${SAMPLES}/composed-8.jpg`));
let parts: CountParts;
let counted: CountedField;

beforeAll(async () => {
  const metadataOf = (name: string) => parseMetadata(JSON.parse(readFileSync(`models/${name}/metadata.json`, "utf8")));
  parts = {
    finder: await openFinderHere("models/finder"),
    classifier: await openClassifier(),
    metadata: {student: metadataOf("student"), resnet34: metadataOf("resnet34")}
  };
  counted = await countPicture("composed-8.jpg", file, parts);
});

test("of a composed field the count is right within 2 %, and every cell lies where it was laid", () => {
  const red = counted.rows.filter(({kind}) => kind === "red");
  const {cells} = truth["composed-8"]!;
  expect(Math.abs(red.length - cells.length)).toBeLessThanOrEqual(0.02 * cells.length);
  const lost = cells.filter(
    (cell) =>
      !red.some(({x, y, width, height}) => {
        const [across, down] = [Number(x) + Number(width) / 2 - cell.x, Number(y) + Number(height) / 2 - cell.y];
        return Math.hypot(across, down) < 0.3 * cell.width;
      })
  );
  expect(lost.length).toBeLessThanOrEqual(2);
});

test("every row has the columns, and only whole single red cells are judged and called", () => {
  for (const row of counted.rows) {
    expect(Object.keys(row).join()).toBe("image,x,y,width,height,kind,p_student,p_resnet34,called");
    expect(row.called === null).toBe(row.kind !== "red");
    expect(row.p_resnet34 === null).toBe(row.called === null);
  }
  const parasitized = counted.rows.filter(({called}) => called === "parasitized").length;
  expect(describeCount(counted.rows)).toContain(`${parasitized} of ${counted.rows.filter((row) => row.called).length}`);
  expect(parasitized).toBeGreaterThanOrEqual(7);
  expect(parasitized).toBeLessThanOrEqual(10);
});

test("the annotated picture is as large as the field, with lines on it and nothing else", async () => {
  const drawn = await sharp(await annotate(file, counted))
    .raw()
    .toBuffer({resolveWithObject: true});
  const plain = await sharp(Buffer.from(file)).raw().toBuffer({resolveWithObject: true});
  expect([drawn.info.width, drawn.info.height]).toEqual([plain.info.width, plain.info.height]);
  const channels = drawn.info.channels;
  let changed = 0;
  for (let pixel = 0; pixel < plain.info.width * plain.info.height; pixel++) {
    if (drawn.data[pixel * channels] !== plain.data[pixel * plain.info.channels]) changed++;
  }
  expect(changed).toBeGreaterThan(5000);
  expect(changed).toBeLessThan(0.05 * plain.info.width * plain.info.height);
});

test("an empty glass has no rows, and what is no picture a sentence", async () => {
  const glass = await sharp({create: {width: 400, height: 300, channels: 3, background: "#e8e2e6"}})
    .png()
    .toBuffer();
  const {rows, reading} = await countPicture("glass.png", Uint8Array.from(glass), parts);
  expect(rows).toEqual([]);
  expect(reading.doubts.join(" ")).toMatch(/no whole red cell/i);
  await expect(countPicture("notes.txt", new TextEncoder().encode("no picture"), parts)).rejects.toThrow(/./);
});
