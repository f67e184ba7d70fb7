import {formatCount} from "../ui/format.js";

const JUNK = /(^|\/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|[^/]*\.csv)$|(^|\/)__MACOSX\//i;

/** Whether a file is one that systems or people leave beside pictures: `.DS_Store`, `._*`, `Thumbs.db`, `desktop.ini`, a CSV. */
export function isBesidePictures(path: string): boolean {
  return JUNK.test(path);
}

/**
 * @param options.beside how many files were skipped, which lie beside pictures
 * @param options.unreadable how many folders and files could not be opened
 * @param options.chosen how many pictures were chosen, of which `most` are taken
 * @returns sentences about what of a choice was left out; empty where nothing was
 */
export function describeLeftOut({
  beside,
  unreadable,
  chosen,
  most
}: Record<"beside" | "unreadable" | "chosen" | "most", number>): string {
  return [
    beside > 0 &&
      `${formatCount(beside)} skipped, which systems or people keep beside pictures (such as .DS_Store, ._ files, Thumbs.db, CSV).`,
    unreadable > 0 &&
      `${formatCount(unreadable)} folders or files could not be opened: copy them to this computer and drop the copies.`,
    chosen > most &&
      `Only the first ${formatCount(most)} of ${formatCount(chosen)} files were taken. Choose the others when these are done.`
  ]
    .filter(Boolean)
    .join(" ");
}
