import {execFileSync} from "node:child_process";
import {accessSync, constants, existsSync, readFileSync} from "node:fs";
import {delimiter, join} from "node:path";
import {chromium} from "playwright-core";

/** What the search for a browser asks of the machine; injected, so that its decisions can be tested. */
export interface Probes {
  /** Value of an environment variable. */
  variable(name: string): string | undefined;
  /** Path of a command, when it is installed. */
  command(name: string): string | undefined;
  isExecutable(path: string): boolean;
  /** Where Playwright would keep its own Chromium. */
  playwrightPath(): string | undefined;
  /** Whether this is Debian or a child of it, and packages may be installed. */
  canInstall(): boolean;
  /** Installs Debian's package `chromium`; throws when it cannot. */
  install(): void;
}

/** Chromium without windows: the same engine, at half of the processor time. Tests take it; what is measured is a whole browser. */
const LEAN = "chromium-headless-shell";
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const advice =
  'Install one ("apt-get install chromium", or "npx playwright-core install chromium"), or set CHROMIUM_PATH to its path.';

/**
 * Path of a Chromium to drive: the one CHROMIUM_PATH names, the system's, for tests the one without windows before it,
 * Playwright's own, or else Debian's package, installed on the way.
 * @param options.whole leaves the one without windows out, which knows no permissions and no cameras
 * @throws Error with a sentence that says what to do, when there is none.
 */
export function findChromium(probes: Probes = machine, {whole = false} = {}): string {
  const named = probes.variable("CHROMIUM_PATH");
  if (named) {
    if (probes.isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", where there is no program. Correct it, or unset it.`);
  }
  const found = findInstalled(probes, whole);
  if (found) return found;
  if (!probes.canInstall()) throw new Error(`No Chromium was found. ${advice}`);
  try {
    probes.install();
  } catch (error) {
    throw new Error(`No Chromium was found, and Debian's could not be installed. ${advice}`, {cause: error});
  }
  const installed = findInstalled(probes, whole);
  if (!installed) throw new Error(`Debian's Chromium was installed but is not on the path. ${advice}`);
  return installed;
}

function findInstalled(probes: Probes, whole: boolean): string | undefined {
  for (const name of probes.variable("VITEST") && !whole ? [LEAN, ...names] : names) {
    const path = probes.command(name);
    if (path) return path;
  }
  const own = probes.playwrightPath();
  return own && probes.isExecutable(own) ? own : undefined;
}

/** The machine this runs on. */
export const machine: Probes = {
  variable: (name) => process.env[name],
  command: (name) =>
    (process.env.PATH ?? "")
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((path) => machine.isExecutable(path)),
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  playwrightPath: () => chromium.executablePath(),
  canInstall: () =>
    process.getuid?.() === 0 &&
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8")),
  install() {
    console.log("No Chromium was found; installing Debian's package (this takes a minute).");
    const options = {stdio: "inherit", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}} as const;
    execFileSync("apt-get", ["update", "-q"], options);
    execFileSync("apt-get", ["install", "-yq", "--no-install-recommends", "chromium"], options);
  }
};
