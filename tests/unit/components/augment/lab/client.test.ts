import {expect, it, vi} from "vitest";
import {pictureClient} from "../../../../../src/components/augment/lab/client.js";
import type {WorkerLike} from "../../../../../src/components/augment/lab/client.js";
import {drawAll} from "../../../../../src/components/augment/lab/current.js";
import type {Answer, Job} from "../../../../../src/components/augment/lab/protocol.js";
import {settingsTable} from "../../../../../src/components/augment/lab/settings.js";
import {readQuery} from "../../../../../src/components/ui/url-state.js";

function setUp() {
  const jobs: Job[] = [];
  const worker: WorkerLike = {
    postMessage: (job: Job) => void jobs.push(job),
    terminate: vi.fn(),
    onmessage: null,
    onerror: null
  };
  const answers: Answer[] = [];
  const client = pictureClient({onAnswer: (answer) => answers.push(answer), createWorker: () => worker});
  const answer = () =>
    worker.onmessage!.call(worker as Worker, new MessageEvent("message", {data: {id: jobs.at(-1)!.id, error: ""}}));
  const job = (seed: number) => {
    const {values} = readQuery(settingsTable, `?seed=${seed}`);
    return {id: seed, settings: values, drawn: drawAll(values), quick: true};
  };
  return {client, worker, jobs, answers, answer, job};
}
const cell = {data: new Uint8Array(3), width: 1, height: 1};

it("keeps one job in hand and only the latest waiting", () => {
  const {client, jobs, answer, answers, job} = setUp();
  for (const seed of [1, 2, 3, 4]) client.ask(cell, job(seed));
  expect(jobs.map(({settings}) => settings.seed)).toEqual([1]);
  answer();
  expect(jobs.map(({settings}) => settings.seed)).toEqual([1, 4]);
  answer();
  expect(jobs).toHaveLength(2);
  expect(answers).toHaveLength(2);
});

it("sends a picture once, and again when it is another", () => {
  const {client, jobs, answer, job} = setUp();
  for (const picture of [cell, cell, {...cell}]) {
    client.ask(picture, job(1));
    answer();
  }
  expect(jobs.map(({picture}) => picture !== undefined)).toEqual([true, false, true]);
});

it("says what to do when the worker breaks, and ends with the page", () => {
  const {client, worker, answers} = setUp();
  worker.onerror!.call(worker as Worker, {} as ErrorEvent);
  expect(answers[0]).toMatchObject({error: expect.stringContaining("Reload")});
  client.dispose();
  expect(worker.terminate).toHaveBeenCalledOnce();
});
