import {spawn} from "node:child_process";

/**
 * Runs a command to its end.
 * @returns what it wrote
 * @throws Error with the end of what it wrote, when it fails or cannot be started
 */
export function run(command: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // As from a terminal, where nothing says that this is a test.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(VITEST.*|NODE_ENV|TEST)$/.test(name))
    );
    const child = spawn(command, args, {env, stdio: ["ignore", "pipe", "pipe"]});
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${said.slice(-8000)}`));
    });
  });
}
