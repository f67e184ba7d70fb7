import {compileKernels} from "./loaders/compile-kernels.js";

// The same kernels on a memory that threads share, for pages that are cross-origin isolated.
process.stdout.write(await compileKernels({shared: true}));
