/**
 * The files of a drop, those in dropped folders and their subfolders included, folder by folder. Call it while the
 * event is handled: afterwards the browser empties the list.
 * @returns the files in the order in which the browser lists them; a folder that cannot be read counts as empty
 */
export async function collectFiles(transfer: DataTransfer): Promise<File[]> {
  const items = Array.from(transfer.items).filter(({kind}) => kind === "file");
  const dropped = items.map((item) => ({entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile()}));
  const lists = dropped.map(({entry, file}) => (entry?.isDirectory ? filesBelow(entry) : file ? [file] : []));
  return (await Promise.all(lists)).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  try {
    if (entry.isFile) return [await new Promise<File>((...settle) => (entry as FileSystemFileEntry).file(...settle))];
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const files: File[] = [];
    for (;;) {
      // A reader gives at most some hundred entries at a time, and none at the end.
      const entries = await new Promise<FileSystemEntry[]>((...settle) => reader.readEntries(...settle));
      if (entries.length === 0) return files;
      for (const child of entries) files.push(...(await filesBelow(child)));
    }
  } catch {
    return [];
  }
}
