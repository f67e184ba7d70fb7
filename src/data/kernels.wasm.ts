import {compileKernels} from "./loaders/compile-kernels.js";

// The network's own kernels as WebAssembly; equal sources and compilers give equal bytes.
process.stdout.write(await compileKernels());
