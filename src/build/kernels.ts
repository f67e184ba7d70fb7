import {execFileSync} from "node:child_process";
import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {fileURLToPath} from "node:url";

const compiler = "node_modules/assemblyscript/bin/asc.js";
const settings =
  "index.ts -O3 --noAssert --runtime stub --enable simd --importMemory --memoryBase 1024 --initialMemory 1 --disableWarning 201";
/** For a memory that threads share: most pages of it (1 GiB), which such a memory has to state. */
const sharedMemory = "--enable threads --sharedMemory --maximumMemory 16384";

/** Where the compiled kernels lie, with the options of {@link compileKernels}: the build only copies them. */
export const kernelBinaries = [
  {file: "src/components/kernels/kernels.wasm", shared: false},
  {file: "src/components/kernels/shared-kernels.wasm", shared: true}
];

/**
 * Compiles the kernels of `src/components/kernels/assembly` from AssemblyScript to WebAssembly with SIMD, into `file`.
 * @param options.shared for a memory that threads share
 * @throws Error with the compiler's words, or that says how to install it
 */
export function compileKernels(file: string, {shared = false} = {}): void {
  if (!existsSync(compiler)) throw new Error("AssemblyScript is not installed: npm run install:all installs it.");
  const words = `${settings} ${shared ? sharedMemory : ""}`.trim().split(" ");
  execFileSync(process.execPath, [resolve(compiler), ...words, "--outFile", resolve(file)], {
    cwd: "src/components/kernels/assembly",
    stdio: ["ignore", "inherit", "inherit"]
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const {file, shared} of kernelBinaries) compileKernels(file, {shared});
}
