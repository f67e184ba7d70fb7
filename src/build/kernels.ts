import {readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {fileURLToPath} from "node:url";
import asc from "assemblyscript/asc";

const folder = "src/components/kernels/assembly";

/** Where the compiled kernels lie, with the options of {@link compileKernels}: the build only copies them. */
export const kernelBinaries = [
  {file: "src/components/kernels/kernels.wasm", shared: false},
  {file: "src/components/kernels/shared-kernels.wasm", shared: true}
];

/** For a memory that threads share: most pages of it (1 GiB), which such a memory has to state. */
const SHARED = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "16384"];

/**
 * Compiles the kernels of `src/components/kernels/assembly` from AssemblyScript to WebAssembly with SIMD.
 * @param options.shared for a memory that threads share
 * @throws Error with the compiler's words
 */
export async function compileKernels({shared = false} = {}): Promise<Uint8Array<ArrayBuffer>> {
  const written = new Map<string, Uint8Array | string>();
  const settings = [
    ..."index.ts --outFile kernels.wasm -O3 --noAssert --runtime stub --enable simd --importMemory".split(" "),
    ...["--memoryBase", "1024", "--disableWarning", "201", "--initialMemory", "1"],
    ...(shared ? SHARED : [])
  ];
  const {error, stderr} = await asc.main(settings, {
    readFile: (name, base) => readFile(path.resolve(base, folder, name), "utf8").catch(() => null),
    writeFile: (name, content) => void written.set(name, content),
    listFiles: () => []
  });
  if (error) throw new Error(`The kernels could not be compiled. ${error.message}\n${String(stderr)}`);
  const binary = written.get("kernels.wasm") as Uint8Array;
  return Uint8Array.from(binary);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const {file, shared} of kernelBinaries) await writeFile(file, await compileKernels({shared}));
}
