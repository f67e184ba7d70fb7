import {element} from "../ui/element.js";
import {formatBytes} from "../ui/format.js";
import {scrollTable} from "../ui/table.js";

/** A file of a model, as its metadata names it. */
export interface ModelFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * The files of a model with their sizes and hashes, each a link that saves it.
 *
 * @param folder address of the model's folder, with a slash at its end
 */
export function modelFiles(files: readonly ModelFile[], folder: string): HTMLElement {
  const all = files.reduce((sum, {bytes}) => sum + bytes, 0);
  const node = scrollTable(
    files.map(({path, bytes, sha256}) => ({file: path, size: formatBytes(bytes), sha256})),
    {caption: `${files.length} files, ${formatBytes(all)} in all; the classifier checks each hash before use`}
  );
  for (const head of node.querySelectorAll("tbody th")) {
    const path = head.textContent;
    head.replaceChildren(element("a", {href: folder + path, download: true}, path));
  }
  return node;
}
