import {JSDOM} from "jsdom";
import {expect, test, vi} from "vitest";
import type {ClassifierOptions} from "../../../../src/components/classifier/client.js";
import {createNetworks, networkTitle} from "../../../../src/components/classifier/networks.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";

const metadata = (name: string) => ({
  ...{name, labels: ["parasitized", "uninfected"], positive: "parasitized", threshold: 0.5},
  ...{abstain: null, temperature: 1, commit: null, files: [], selfTest: []}
});

test("an answer stays its network's after that was started anew", async () => {
  const made: ClassifierOptions[] = [];
  const views = vi.fn<(base: string) => Promise<number[]>>().mockResolvedValue([0.5]);
  const networks = createNetworks({
    resnet34: {base: "large/", sha256: "a"},
    student: {base: "small/", sha256: "b"},
    announce: () => {},
    onReady: () => {},
    create(options) {
      made.push(options);
      return {
        load: () => {},
        classify: async () => ({probability: 0.5}) as Prediction,
        views: () => views(options.source.base),
        explain: async () => ({map: new Float32Array(), milliseconds: 0}),
        dispose: () => {}
      };
    },
    document: new JSDOM("").window.document
  });
  const ready = (name: string) =>
    made
      .find(({source}) => source.base === (name === "student" ? "small/" : "large/"))!
      .onModel({state: "ready", backend: "wasm", metadata: metadata(name), milliseconds: 1, note: null});
  networks.choose("student", "auto");
  ready("student");
  const answer = await networks.classify(new File([], "a.png"), {onEarly: () => {}});
  expect(networkTitle(answer.network.metadata)).toBe("The student");
  ready("student");
  ready("resnet34");
  await networks.views(answer, new Uint8ClampedArray());
  expect(views).toHaveBeenCalledExactlyOnceWith("small/");
  expect(networks.explain(answer)).toBeNull();
});
