/** One file of the model as `metadata.json` lists it: path beside it, size in bytes, sha256 in hexadecimal. */
export interface ModelFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** What the classifier needs of `models/resnet34/metadata.json`. */
export interface ModelMetadata {
  name: string;
  /** Class names in the order of the network's outputs. */
  labels: string[];
  /** The class whose probability is reported. */
  positive: string;
  /** Smallest probability of `positive` that is called `positive`. */
  threshold: number;
  /** Probabilities within this closed interval are called uncertain. */
  abstain: [low: number, high: number] | null;
  /** Divides the logits, so that the probabilities are calibrated; 1 leaves them as they are. */
  temperature: number;
  /** Commit of the training code, where it is told. */
  commit: string | null;
  files: ModelFile[];
  /** Cells with the probability of `positive` that this model gave them when it was exported. */
  selfTest: {p: number; rgb: Uint8ClampedArray}[];
}

/**
 * Checks a parsed `metadata.json`.
 * @throws Error that names the first field which is not as expected
 */
export function parseMetadata(value: unknown): ModelMetadata {
  require(typeof value === "object" && value !== null, "it must be an object");
  const {
    name,
    labels,
    positive,
    threshold = 0.5,
    abstain = null,
    temperature = 1,
    commit = null,
    files,
    selfTest = []
  } = value as Record<string, unknown>;
  require(typeof name === "string", "name must be text");
  require(isArrayOf(labels, isText) && labels.length === 2, "labels must be two names");
  require(isText(positive) && labels.includes(positive), "positive must be one of the labels");
  require(isProbability(threshold), "threshold must lie between 0 and 1");
  require(abstain === null || isInterval(abstain), "abstain must be two rising numbers between 0 and 1");
  require(typeof temperature === "number" && temperature > 0, "temperature must be a number above 0");
  require(commit === null || isText(commit), "commit must be text");
  require(isArrayOf(files, isModelFile), "files must list path, bytes and sha256");
  require(files.some(({path}) => path === "model.json"), "files must list model.json");
  require(isArrayOf(selfTest, isSelfTest), "selfTest must list p and rgb, 50×50 pixels in base64");
  const cells = selfTest.map(({p, rgb}) => ({p, rgb: fromBase64(rgb)}));
  return {name, labels, positive, threshold, abstain, temperature, commit, files, selfTest: cells};
}

function require(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`The model's metadata.json cannot be used: ${message}.`);
}

function isArrayOf<T>(value: unknown, guard: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(guard);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isProbability(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isInterval(value: unknown): value is [number, number] {
  return isArrayOf(value, isProbability) && value.length === 2 && value[0]! <= value[1]!;
}

function isModelFile(value: unknown): value is ModelFile {
  const {path, bytes, sha256} = (value ?? {}) as Partial<Record<keyof ModelFile, unknown>>;
  return isText(path) && Number.isSafeInteger(bytes) && isText(sha256) && /^[0-9a-f]{64}$/.test(sha256);
}

function isSelfTest(value: unknown): value is {p: number; rgb: string} {
  const {p, rgb} = (value ?? {}) as {p?: unknown; rgb?: unknown};
  return isProbability(p) && isText(rgb) && /^[A-Za-z0-9+/]{10000}$/.test(rgb);
}

function fromBase64(text: string): Uint8ClampedArray {
  return Uint8ClampedArray.from(atob(text), (character) => character.charCodeAt(0));
}
