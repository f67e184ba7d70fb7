import {hexDigest} from "../formats/read-file.js";
/** Files that a service worker keeps once they were used. Addresses are absolute; query and fragment do not count. */
export interface KeptFiles {
  /** Whether the file at this address is one that is kept. */
  has(url: string): boolean;
  /** The kept copy, if there is one. */
  match(url: string): Promise<Response | undefined>;
  /** Keeps a whole response if its content has the sha256 of this build; else, or when the disk is full, it is let go. */
  put(url: string, response: Response): Promise<boolean>;
  /** Fetches and keeps those of the files that are kept and not yet here, one after the other. */
  fetch(urls: string[]): Promise<void>;
  /** Removes what is not of this build. */
  clean(): Promise<void>;
}

/**
 * Keeps files whose names say nothing about their content, such as the network's weights: each is known by its path and
 * its sha256, so an old weight can never stand beside a new `model.json`, and what two builds share is not fetched
 * twice.
 * @param hashes sha256 in hexadecimal by path, relative to `scope`
 * @param options.scope address of the site's root, ending in a slash
 */
export function keptFiles(
  hashes: Record<string, string>,
  {scope, caches, fetch}: {scope: string; caches: CacheStorage; fetch: typeof globalThis.fetch}
): KeptFiles {
  const known = new Map(Object.entries(hashes).map(([path, hash]) => [new URL(path, scope).href, hash]));
  const open = () => caches.open(`kept-${scope}`);
  const bare = (url: string) => url.replace(/[?#].*$/, "");
  const keyOf = (url: string) => `${bare(url)}?sha256=${known.get(bare(url))}`;
  const has = (url: string) => known.has(bare(url));

  async function put(url: string, response: Response): Promise<boolean> {
    const content = await response.arrayBuffer().catch(() => undefined);
    if (!content || (await hexDigest(content)) !== known.get(bare(url))) return false;
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.set("content-length", String(content.byteLength));
    const kept = new Response(content, {status: 200, headers});
    return (await open()).put(keyOf(url), kept).then(
      () => true,
      () => false
    );
  }

  return {
    has,
    put,
    async match(url) {
      return has(url) ? (await open()).match(keyOf(url)) : undefined;
    },
    async fetch(urls) {
      const cache = await open();
      for (const url of new Set(urls.filter(has).map(bare))) {
        if (await cache.match(keyOf(url))) continue;
        const response = await fetch(url).catch(() => undefined);
        if (response?.status === 200) await put(url, response);
      }
    },
    async clean() {
      const cache = await open();
      const current = new Set([...known.keys()].map(keyOf));
      for (const request of await cache.keys()) if (!current.has(request.url)) await cache.delete(request);
    }
  };
}
