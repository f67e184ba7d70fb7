import {onTestFinished, vi} from "vitest";

/** A file that the page has saved. */
export interface SavedFile {
  name: string;
  text: string;
}

/** The files that the page saves from here to the end of the test; `freed` counts the addresses it has let go. */
export function watchSaves(): {files: SavedFile[]; freed: () => number} {
  const texts: string[] = [];
  const files: SavedFile[] = [];
  const freed = vi.fn();
  vi.stubGlobal(
    "Blob",
    class {
      constructor(parts: string[]) {
        texts.push(parts.join(""));
      }
    }
  );
  Object.assign(URL, {createObjectURL: () => `blob:${texts.length - 1}`, revokeObjectURL: freed});
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    files.push({name: this.download, text: texts[Number(this.href.slice("blob:".length))]!});
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
  return {files, freed: () => freed.mock.calls.length};
}
