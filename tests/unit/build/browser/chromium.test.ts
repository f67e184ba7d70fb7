import {describe, expect, test} from "vitest";
import {findChromium} from "../../../../src/build/browser/chromium.js";
import type {Probes} from "../../../../src/build/browser/chromium.js";

function machine({
  variables = {} as Record<string, string>,
  commands = {} as Record<string, string>,
  programs = [] as string[],
  playwright = undefined as string | undefined,
  debian = false,
  install = () => {}
} = {}): Probes {
  return {
    variable: (name) => variables[name],
    command: (name) => commands[name],
    isExecutable: (path) => programs.includes(path),
    playwrightPath: () => playwright,
    canInstall: () => debian,
    install
  };
}

describe("findChromium", () => {
  test("prefers CHROMIUM_PATH to all else", () => {
    const probes = machine({
      variables: {CHROMIUM_PATH: "/opt/mine"},
      programs: ["/opt/mine"],
      commands: {chromium: "/usr/bin/chromium"}
    });
    expect(findChromium(probes)).toBe("/opt/mine");
  });

  test("does not pass over a CHROMIUM_PATH that leads nowhere", () => {
    const probes = machine({variables: {CHROMIUM_PATH: "/gone"}, commands: {chromium: "/usr/bin/chromium"}});
    expect(() => findChromium(probes)).toThrow(/CHROMIUM_PATH is "\/gone".*Correct it/);
  });

  test("takes the system's before Playwright's own", () => {
    const commands = {"google-chrome": "/usr/bin/google-chrome", "chromium-browser": "/usr/bin/chromium-browser"};
    const probes = machine({commands, playwright: "/cache/chrome", programs: ["/cache/chrome"]});
    expect(findChromium(probes)).toBe("/usr/bin/chromium-browser");
  });

  test("takes for tests the one without windows before the system's", () => {
    const commands = {chromium: "/usr/bin/chromium", "chromium-headless-shell": "/usr/bin/chromium-headless-shell"};
    expect(findChromium(machine({commands}))).toBe("/usr/bin/chromium");
    expect(findChromium(machine({commands, variables: {VITEST: "true"}}))).toBe("/usr/bin/chromium-headless-shell");
    expect(findChromium(machine({commands, variables: {VITEST: "true"}}), {whole: true})).toBe("/usr/bin/chromium");
  });

  test("takes Playwright's own only when it has been downloaded", () => {
    expect(findChromium(machine({playwright: "/cache/chrome", programs: ["/cache/chrome"]}))).toBe("/cache/chrome");
    expect(() => findChromium(machine({playwright: "/cache/chrome"}))).toThrow(/No Chromium was found/);
  });

  test("installs Debian's package when nothing is there, and only then", () => {
    const commands: Record<string, string> = {};
    let installed = 0;
    const install = () => {
      installed++;
      commands.chromium = "/usr/bin/chromium";
    };
    const probes = machine({commands, debian: true, install});
    expect(findChromium(probes)).toBe("/usr/bin/chromium");
    expect(findChromium(probes)).toBe("/usr/bin/chromium");
    expect(installed).toBe(1);
  });

  test("says what to do when it cannot install, when that fails, and when it had no effect", () => {
    const install = () => {
      throw new Error("no network");
    };
    expect(() => findChromium(machine())).toThrow(/apt-get install chromium.*CHROMIUM_PATH/);
    expect(() => findChromium(machine({debian: true, install}))).toThrow(/could not be installed.*CHROMIUM_PATH/);
    expect(() => findChromium(machine({debian: true}))).toThrow(/not on the path/);
  });
});
