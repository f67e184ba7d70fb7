import type {Backend} from "../engine/engine.js";

/** A network of the page. */
export interface NetworkEntry {
  /** What it is called in a sentence, and where its status line starts. */
  title: string;
  label: string;
  /** What its status line is called in tests. */
  testId: string;
  /** What it computes on while another answers too; where it is null, what the visitor chose. */
  backend: Backend | null;
  /** Whether its maps of where a cell speaks for a class were tested. */
  explains: boolean;
  /** What is fetched of it, in millions of bytes. */
  megabytes: number;
}

/**
 * All networks that the worker may own. The student computes on WebAssembly, which is ready before a graphics card's
 * shaders are compiled.
 */
export const NETWORKS = {
  student: {
    title: "The student",
    label: "Student",
    testId: "student-status",
    backend: "wasm",
    explains: false,
    megabytes: 0.4
  },
  resnet34: {
    title: "ResNet-34",
    label: "ResNet-34",
    testId: "model-status",
    backend: null,
    explains: true,
    megabytes: 22
  }
} as const satisfies Record<string, NetworkEntry>;

/** A network's name, which is that of its folder too. */
export type NetworkName = keyof typeof NETWORKS;

/** Who answers: the student first and ResNet-34 after it, or one of them alone. */
export type NetworkChoice = "both" | NetworkName;

/** All choices: what people read, and who is asked one after another; the answer of the last one stands. */
export const CHOICES: Record<NetworkChoice, {label: string; asked: readonly NetworkName[]}> = {
  both: {label: "the student first, then ResNet-34", asked: ["student", "resnet34"]},
  student: {label: "the student alone", asked: ["student"]},
  resnet34: {label: "ResNet-34 alone", asked: ["resnet34"]}
};

/** How a network is called in a sentence. */
export function networkTitle({name}: {name: string}): string {
  return Object.hasOwn(NETWORKS, name) ? NETWORKS[name as NetworkName].title : "The network";
}
