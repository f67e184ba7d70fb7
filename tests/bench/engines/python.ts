import {spawn} from "node:child_process";
import type {ChildProcess, StdioOptions} from "node:child_process";

/**
 * Starts a program of `tests/bench/server` with Debian's Python, for which its PyTorch is installed. OpenBLAS gets one
 * thread: its own and PyTorch's wait for each other, which makes a single cell three times as slow.
 */
export function startPython(script: string, values: string[], stdio: StdioOptions): ChildProcess {
  return spawn("/usr/bin/python3", [`tests/bench/server/${script}`, ...values], {
    stdio,
    env: {...process.env, PYTHONPATH: process.cwd(), OPENBLAS_NUM_THREADS: "1"}
  });
}
