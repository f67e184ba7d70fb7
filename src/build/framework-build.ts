// Runs as a child process: Framework's build with its clock fixed. Framework writes the modification time of each
// attachment into the page and into the hashes of modules; a fixed clock stands in for it, so that two builds are equal.
const framework = new URL("../../node_modules/@observablehq/framework/dist/", import.meta.url);
const {readConfig, setCurrentDate} = await import(new URL("config.js", framework).href);
const {build} = await import(new URL("build.js", framework).href);
setCurrentDate(new Date("2000-01-01T00:00:00Z"));
await build({config: await readConfig()});

export {};
