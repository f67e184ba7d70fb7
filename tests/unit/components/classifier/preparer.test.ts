import {describe, expect, test, vi} from "vitest";
import {answerPreparation, preparePicture} from "../../../../src/components/classifier/prepare-picture.js";
import type {PreparedPicture} from "../../../../src/components/classifier/prepare-picture.js";
import {createPreparer} from "../../../../src/components/classifier/preparer.js";
import type {PreparationReply, PreparationRequest, WorkerLike} from "../../../../src/components/classifier/protocol.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {loneDisc} from "../smear/drawn.js";

const pictureOf = (width: number) => ({width, cut: false}) as PreparedPicture;

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
  const reply = (data: PreparationReply) =>
    worker.onmessage!.call(worker as unknown as Worker, {data: structuredClone(data)} as MessageEvent);
  const answer = async (place: number, prepare: () => Promise<PreparedPicture>) => {
    reply(await answerPreparation(requests[place]!, undefined, prepare));
  };
  return {worker, requests, reply, answer, started: () => reply({type: "started"})};
}

describe("a preparer", () => {
  test("has its worker prepare, and tells answers and refusals apart in whatever order they come", async () => {
    const {worker, requests, answer, started} = stubWorker();
    const prepare = createPreparer({createWorker: () => worker, here: () => Promise.reject(new Error("not here"))});
    started();
    const [first, second, third] = [1, 2, 3].map((n) =>
      prepare(new Blob([`${n}`]), n === 2 ? {asIs: true} : undefined)
    );
    expect(requests.map(({preparation}) => preparation)).toEqual([undefined, {asIs: true}, undefined]);
    const refused = expect(second).rejects.toMatchObject({
      name: "Refusal",
      code: "damaged",
      message: "Damaged.",
      sha256: "0a"
    });
    const failed = expect(third).rejects.toThrow(/^No memory\.$/);
    await answer(2, () => Promise.reject(new Error("No memory.")));
    await answer(1, () => Promise.reject(new Refusal("damaged", "Damaged.", "0a")));
    await answer(0, async () => pictureOf(7));
    await Promise.all([refused, failed]);
    expect(await first).toEqual(pictureOf(7));
  });

  test("passes on that nothing comes of a file, whose end is still awaited", async () => {
    const {worker, requests, answer, reply, started} = stubWorker();
    const prepare = createPreparer({createWorker: () => worker, here: () => Promise.reject(new Error("not here"))});
    started();
    const onWait = vi.fn();
    const prepared = prepare(new Blob(["a"]), undefined, onWait);
    reply({type: "waits", id: requests[0]!.id});
    expect(onWait).toHaveBeenCalledTimes(1);
    await answer(0, async () => pictureOf(8));
    expect(await prepared).toEqual(pictureOf(8));
  });

  test("prepares one picture at a time here until its worker has started", async () => {
    const {worker, requests, answer, started} = stubWorker();
    const prepare = createPreparer({createWorker: () => worker, here: async (file) => pictureOf(file.size)});
    expect(await prepare(new Blob(["a"]))).toEqual(pictureOf(1));
    const both = ["bb", "ccc"].map((text) => prepare(new Blob([text])));
    expect(requests.length).toBe(1);
    await answer(0, async () => pictureOf(33));
    expect(await Promise.all(both)).toEqual([2, 33].map(pictureOf));
    started();
    void prepare(new Blob(["d"]));
    expect(requests.length).toBe(2);
  });

  test("prepares here what a worker that ends has not answered, and all that comes after", async () => {
    const {worker, answer, started} = stubWorker();
    const seen: (string | undefined)[] = [];
    const here = async (file: Blob) => {
      seen.push(await file.text());
      return pictureOf(seen.length);
    };
    const prepare = createPreparer({createWorker: () => worker, here});
    started();
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
    expect(await createPreparer({createWorker, here: async () => pictureOf(5)})(new Blob())).toEqual(pictureOf(5));
  });
});

test("a prepared picture has its upright size, what is to know of it, and the pixels as they are asked for", async () => {
  const decoded = {
    data: new Uint8ClampedArray(60 * 80 * 3).fill(230),
    width: 60,
    height: 80,
    kind: "GIF" as const,
    notes: ["only the first was read"]
  };
  for (let y = 20; y < 60; y++) decoded.data.fill(120, (y * 60 + 14) * 3, (y * 60 + 46) * 3);
  const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const facts = {width: 60, height: 80, sha256, notes: ["only the first was read"]};
  const openFinder = async () => ({find: vi.fn(), findSingle: async () => loneDisc(60, 80, 30)});
  const [cut, asIs] = await Promise.all(
    [{finder: {base: "/models/finder/", sha256: null}}, {asIs: true}].map((reading) =>
      preparePicture(new Blob(), reading, undefined, {decode: async () => decoded, openFinder})
    )
  );
  expect(cut).toMatchObject({...facts, cut: true, missing: null, descriptors: {red: 120}});
  expect(asIs).toMatchObject({...facts, cut: false, missing: null, descriptors: {corners: 4}});
  expect(asIs!.cell[0]).toBe(230);
  expect(cut!.cell[(25 * 50 + 25) * 3]).toBe(120);
});

test("a file that is read and refused keeps its sha256", async () => {
  const refused = preparePicture(new Blob(["no picture"]));
  await expect(refused).rejects.toMatchObject({
    code: "not-an-image",
    sha256: "9ed97c950c330a5b556b00fe9d46390594f0a34437886edd034c323444fbd7d8"
  });
});
