import {readFile, writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {brotliCompress, constants, gzip} from "node:zlib";
import config from "../../observablehq.config.js";
import {listFiles} from "./files.js";

const shrinking = /\.(arrow|css|csv|html|js|json|svg|txt|wasm)$/;
const least = 1024;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Puts a `.br` and a `.gz` beside each file of `directory` that shrinks, for servers that send such copies: the one of
 * `npm start`, nginx's gzip_static, Caddy's precompressed.
 * @returns bytes before and after (by Brotli)
 */
export async function compressSite(directory: string): Promise<{before: number; after: number}> {
  let [before, after] = [0, 0];
  for (const file of (await listFiles(directory)).filter((name) => shrinking.test(name))) {
    const content = await readFile(file);
    if (content.length < least) continue;
    const params = {[constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length};
    const small = await brotli(content, {params});
    await writeFile(`${file}.br`, small);
    await writeFile(`${file}.gz`, await zip(content, {level: 9}));
    [before, after] = [before + content.length, after + small.length];
  }
  return {before, after};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {before, after} = await compressSite(config.output);
  console.log(`Compressed ${(before / 1e6).toFixed(1)} MB to ${(after / 1e6).toFixed(1)} MB.`);
}
