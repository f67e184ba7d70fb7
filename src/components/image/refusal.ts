/** Why a file was not classified: a stable word for code and tests; people read the sentence in `message`. */
export type RefusalCode =
  | "empty"
  | "unreadable"
  | "too-large"
  | "not-an-image"
  | "unsupported"
  | "truncated"
  | "damaged"
  | "no-size"
  | "too-many-pixels"
  | "timed-out"
  | "hidden"
  | "outside"
  | "engine"
  | "unavailable";

/** A file that gets a sentence instead of an answer. `message` says what is wrong and what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: RefusalCode,
    message: string,
    /** That of the file, where it could be read. */
    public sha256?: string
  ) {
    super(message);
  }
}

/** A picture that was read, and that a gate refuses: another one may be asked about it. */
export class RefusedPicture extends Refusal {
  constructor(
    message: string,
    readonly picture: {sha256: string}
  ) {
    super("outside", message, picture.sha256);
  }
}

/** @returns what an error says */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
