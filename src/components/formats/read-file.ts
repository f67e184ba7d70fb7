import {Refusal} from "../image/refusal.js";
import {MAX_BYTES, checkBytes, createBudget, withTimeout} from "./limits.js";

/** What is read at a time of a larger file, in bytes. */
const PIECE = 1_000_000;
/** Milliseconds without a byte after which a file gives way to the others, and after which it is given up. */
const [GIVES_WAY, GIVEN_UP] = [1000, 15_000];

/** What files may hold at once while they are read: as much as the largest one. */
const reading = createBudget(MAX_BYTES);

/** The content of a file, and what tells it from all others. */
export interface FileContent {
  bytes: Uint8Array<ArrayBuffer>;
  /** In lower-case hexadecimal. */
  sha256: string;
}

/**
 * Reads an untrusted file whole. One whose drive or network gives nothing for a second no longer keeps the others waiting,
 * and is given up after fifteen.
 * @param onWait told when the file gives way to the others
 * @throws Refusal `too-large`, or `unreadable`
 */
export async function readFile(file: Blob, onWait: () => void = () => {}): Promise<FileContent> {
  checkBytes(file.size);
  let content!: Promise<Uint8Array<ArrayBuffer>>;
  await reading.hold(file.size, () => {
    const waits = new Promise<void>((resolve) => {
      content = readPieces(file, () => {
        resolve();
        onWait();
      });
    });
    return Promise.race([waits, content.catch(() => {})]);
  });
  const bytes = await content;
  return {bytes, sha256: await hexDigest(bytes)};
}

async function readPieces(file: Blob, onWait: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const bytes: ArrayBuffer[] = [];
  for (let at = 0; at === 0 || at < file.size; at += PIECE) {
    const piece = file.size <= PIECE ? file : file.slice(at, at + PIECE);
    bytes.push(await readPiece(piece, onWait));
  }
  return new Uint8Array(bytes.length === 1 ? bytes[0]! : await new Blob(bytes).arrayBuffer());
}

async function readPiece(piece: Blob, onWait: () => void): Promise<ArrayBuffer> {
  const timer = setTimeout(onWait, GIVES_WAY);
  const unread = piece.arrayBuffer().catch(() => {
    throw new Refusal(
      "unreadable",
      "This file cannot be read: it may be a folder, or was moved. Choose the picture again."
    );
  });
  const hangs = () =>
    new Refusal(
      "unreadable",
      "This file cannot be read: the drive or network folder on which it lies does not answer. Copy it to this computer and choose the copy."
    );
  try {
    return await withTimeout(unread, GIVEN_UP, hangs);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns the sha256 of `content` in lower-case hexadecimal */
export async function hexDigest(content: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
