import type {ModelSource} from "../engine/download.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {createClassifier} from "./client.js";
import type {BackendChoice, Classifier, ClassifierOptions} from "./client.js";
import type {Answer, Network} from "./entries.js";
import {describe, modelStatus} from "./model-status.js";
import type {ModelStatus} from "./model-status.js";
import type {Reading} from "./prepare-picture.js";
import type {Explanation, ModelState} from "./protocol.js";

/** Who answers: the student first and ResNet-34 after it, or one of them alone. */
export type NetworkChoice = "both" | "student" | "resnet34";

/** All choices, by what people read. */
export const NETWORKS: Record<NetworkChoice, string> = {
  both: "the student first, then ResNet-34",
  student: "the student alone",
  resnet34: "ResNet-34 alone"
};

const TITLES: Readonly<Record<string, string>> = {student: "The student", resnet34: "ResNet-34"};

/** How a network is called in a sentence. */
export function networkTitle({name}: Pick<ModelMetadata, "name">): string {
  return TITLES[name] ?? "The network";
}

/** How a file is asked for. */
export interface Asking {
  signal?: AbortSignal;
  reading?: Reading;
  /** Told what the student says while ResNet-34's answer is awaited. */
  onEarly: (answer: Answer) => void;
}

/** The networks of the page, each behind a worker of its own that is only started when it is needed. */
export interface Networks {
  /** The lines that say how far they are. */
  elements: HTMLElement[];
  /** Sets who answers from now on and what shall compute, and starts what that needs. */
  choose(choice: NetworkChoice, backend: BackendChoice): void;
  /** @returns the answer that stands; rejects with a Refusal */
  classify(file: File, asking: Asking): Promise<Answer>;
  /** The eight views of a cell, by the network that answered. */
  views(answer: Answer, cell: Uint8ClampedArray): Promise<number[]>;
  /** Where a cell speaks for the class; null where the network that answered has no map that was tested. */
  explain(answer: Answer): ((cell: Uint8ClampedArray, shuffled: boolean) => Promise<Explanation>) | null;
  /** The network whose answers stand, once it is loaded. */
  network(): Network | undefined;
  /** Tries once more to load what could not be loaded. */
  retry(): void;
  dispose(): void;
}

/** Options of {@link createNetworks}. */
export interface NetworksOptions {
  resnet34: ModelSource;
  /** Without it ResNet-34 answers alone. */
  student?: ModelSource;
  announce: (sentence: string) => void;
  /** Told when a network is there to be asked, again too. */
  onReady: () => void;
  create?: (options: ClassifierOptions) => Classifier;
  document: Document;
}

interface Member {
  classifier: Classifier;
  status: ModelStatus;
  state: ModelState["state"] | "idle";
  network: Network | undefined;
}

/**
 * Creates the page's networks. The student computes on WebAssembly, which is ready before a graphics card's shaders are
 * compiled; ResNet-34 is fetched once the student is there, so that the two do not share a slow connection.
 */
export function createNetworks({
  resnet34,
  student,
  announce,
  onReady,
  create = createClassifier,
  document
}: NetworksOptions): Networks {
  let choice: NetworkChoice = "resnet34";
  let backend: BackendChoice = "auto";
  const members = {
    student: student && member(student, {title: "Student", id: "student-status"}),
    resnet34: member(resnet34, student ? {title: "ResNet-34"} : {})
  };

  function member(source: ModelSource, line: {title?: string; id?: string}): Member {
    const own: Member = {
      classifier: create({source, onModel: (state) => update(own, state, source.sha256)}),
      status: modelStatus({...line, onRetry: () => own.classifier.load(), document}),
      state: "idle",
      network: undefined
    };
    return own;
  }

  function update(own: Member, state: ModelState, sha256: string | null): void {
    const before = own.state;
    own.state = state.state;
    own.status.update(state);
    // One object for good, by which answers given before a restart are still known as its own.
    if (state.state === "ready") own.network ??= {metadata: state.metadata, sha256};
    if (own === members.student && (state.state === "ready" || state.state === "failed")) start();
    if (own === final() && state.state !== before && state.state !== "loading") announce(describe(state));
    if (state.state === "ready") onReady();
  }

  /** The network whose answers stand. */
  function final(): Member {
    return (choice === "student" && members.student) || members.resnet34;
  }

  /** Starts what the choice needs and has not been started, the student first. */
  function start(): void {
    const {student: quick, resnet34: large} = members;
    if (quick?.state === "idle" && choice !== "resnet34") {
      quick.state = "loading";
      quick.classifier.load(choice === "student" && backend !== "auto" ? backend : "wasm");
    }
    const free = !quick || choice === "resnet34" || quick.state === "ready" || quick.state === "failed";
    if (large.state === "idle" && choice !== "student" && free) {
      large.state = "loading";
      large.classifier.load(backend);
    }
  }

  const of = ({network}: Answer) =>
    members.student?.network === network ? members.student!.classifier : members.resnet34.classifier;

  return {
    elements: Object.values(members).flatMap((own) => own?.status.element ?? []),
    choose(nextChoice, nextBackend) {
      const moved = nextBackend !== backend;
      choice = student ? nextChoice : "resnet34";
      backend = nextBackend;
      const {student: quick, resnet34: large} = members;
      if (quick) quick.status.element.hidden = choice === "resnet34";
      large.status.element.hidden = choice === "student";
      if (moved && final().state !== "idle") final().classifier.load(backend);
      start();
    },
    async classify(file, {signal, reading, onEarly}) {
      const own = final();
      const {student: quick} = members;
      if (choice === "both" && quick) {
        quick.classifier.classify(file, signal, reading).then(
          (prediction) => onEarly({network: quick.network!, prediction}),
          () => {
            // What the student refuses, or cannot be asked, ResNet-34 judges.
          }
        );
      }
      const prediction = await own.classifier.classify(file, signal, reading);
      return {network: own.network!, prediction};
    },
    views: (answer, cell) => of(answer).views(cell),
    explain(answer) {
      if (of(answer) !== members.resnet34.classifier) return null;
      return (cell, shuffled) => members.resnet34.classifier.explain(cell, shuffled);
    },
    network: () => final().network,
    retry() {
      for (const own of Object.values(members)) if (own?.state === "failed") own.classifier.load();
    },
    dispose() {
      for (const own of Object.values(members)) own?.classifier.dispose();
    }
  };
}
