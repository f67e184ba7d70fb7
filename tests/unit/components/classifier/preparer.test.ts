import {describe, expect, test} from "vitest";
import type {WorkerLike} from "../../../../src/components/classifier/client.js";
import {preparePicture} from "../../../../src/components/classifier/prepare-picture.js";
import type {PreparedPicture} from "../../../../src/components/classifier/prepare-picture.js";
import {answerPreparation, createPreparer} from "../../../../src/components/classifier/preparer.js";
import type {Prepare} from "../../../../src/components/classifier/preparer.js";
import type {PreparationRequest} from "../../../../src/components/classifier/protocol.js";
import {Refusal} from "../../../../src/components/image/refusal.js";

const pictureOf = (width: number) => ({width, cut: false}) as PreparedPicture;

/** A preparer that is busy with a picture for good, so that its worker gets those that follow. */
function busyPreparer(createWorker: () => WorkerLike, here: Prepare): Prepare {
  let isFirst = true;
  const prepare = createPreparer({
    createWorker,
    here(...asked) {
      if (!isFirst) return here(...asked);
      isFirst = false;
      return new Promise(() => {});
    }
  });
  void prepare(new Blob());
  return prepare;
}

/** A worker that answers when it is told to, in the order it is told. */
function stubWorker() {
  const requests: PreparationRequest[] = [];
  const worker = {
    onmessage: null,
    onerror: null,
    ended: false,
    postMessage: (request: PreparationRequest) => void requests.push(request),
    terminate() {
      worker.ended = true;
    }
  } as WorkerLike & {ended: boolean};
  const answer = async (place: number, prepare: () => Promise<PreparedPicture>) => {
    const data = await answerPreparation(requests[place]!, prepare);
    worker.onmessage!.call(worker as unknown as Worker, {data: structuredClone(data)} as MessageEvent);
  };
  return {worker, requests, answer};
}

describe("a preparer", () => {
  test("has its worker prepare, and tells answers and refusals apart in whatever order they come", async () => {
    const {worker, requests, answer} = stubWorker();
    const prepare = busyPreparer(
      () => worker,
      () => Promise.reject(new Error("not here"))
    );
    const [first, second, third] = [1, 2, 3].map((n) =>
      prepare(new Blob([`${n}`]), n === 2 ? {asIs: true} : undefined)
    );
    expect(requests.map(({reading}) => reading)).toEqual([undefined, {asIs: true}, undefined]);
    const refused = expect(second).rejects.toMatchObject({name: "Refusal", code: "damaged", message: "Damaged."});
    const failed = expect(third).rejects.toThrow(/^No memory\.$/);
    await answer(2, () => Promise.reject(new Error("No memory.")));
    await answer(1, () => Promise.reject(new Refusal("damaged", "Damaged.")));
    await answer(0, async () => pictureOf(7));
    await Promise.all([refused, failed]);
    expect(await first).toEqual(pictureOf(7));
  });

  test("prepares one picture at a time here, and starts its worker with the second of two", async () => {
    const {worker, requests, answer} = stubWorker();
    let started = 0;
    const createWorker = () => {
      started += 1;
      return worker;
    };
    const prepare = createPreparer({createWorker, here: async (file) => pictureOf(file.size)});
    for (const text of ["a", "bb"]) expect(await prepare(new Blob([text]))).toEqual(pictureOf(text.length));
    expect(started).toBe(0);
    const both = ["ccc", "dddd"].map((text) => prepare(new Blob([text])));
    const after = prepare(new Blob(["e"]));
    expect([started, requests.length]).toEqual([1, 2]);
    await answer(0, async () => pictureOf(44));
    await answer(1, async () => pictureOf(55));
    expect(await Promise.all([...both, after])).toEqual([3, 44, 55].map(pictureOf));
  });

  test("prepares here what a worker that ends has not answered, and all that comes after", async () => {
    const {worker, answer} = stubWorker();
    const seen: (string | undefined)[] = [];
    const here = async (file: Blob) => {
      seen.push(await file.text());
      return pictureOf(seen.length);
    };
    const prepare = busyPreparer(() => worker, here);
    const [first, second] = ["a", "b"].map((text) => prepare(new Blob([text])));
    await answer(0, async () => pictureOf(9));
    worker.onerror!.call(worker as unknown as Worker, new Event("error") as ErrorEvent);
    expect((worker as {ended?: boolean}).ended).toBe(true);
    expect(await Promise.all([first, second, prepare(new Blob(["c"]))])).toEqual([9, 1, 2].map(pictureOf));
    expect(seen).toEqual(["b", "c"]);
  });

  test("prepares here where no worker can be started", async () => {
    const createWorker = () => {
      throw new Error("Worker is not defined");
    };
    expect(await busyPreparer(createWorker, async () => pictureOf(5))(new Blob())).toEqual(pictureOf(5));
  });
});

test("a prepared picture has its upright size, its frames, and the pixels as they are asked for", async () => {
  const decoded = {
    data: new Uint8ClampedArray(60 * 80 * 3).fill(230),
    ...{width: 60, height: 80},
    header: {kind: "GIF", width: 80, height: 60, frames: 3} as const
  };
  for (let y = 30; y < 50; y++) decoded.data.fill(120, (y * 60 + 20) * 3, (y * 60 + 40) * 3);
  const facts = {width: 60, height: 80, frames: 3};
  const [cut, asIs] = await Promise.all(
    [undefined, {asIs: true}].map((reading) => preparePicture(new Blob(), reading, async () => decoded))
  );
  expect(cut).toMatchObject({...facts, cut: true, descriptors: {red: 120}});
  expect(asIs).toMatchObject({...facts, cut: false, descriptors: {corners: 4}});
  expect(asIs!.cell[0]).toBe(230);
  expect(cut!.cell[0]).toBe(120);
});
