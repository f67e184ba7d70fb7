/** What a policy must let through beyond the site's own files. */
export interface PolicyNeeds {
  /** Sources of inline scripts, as `'sha256-…'`. */
  scripts?: string[];
  /** Sources of inline style elements, as `'sha256-…'`. */
  styles?: string[];
  /** Whether WebAssembly may be compiled; it does not allow `eval`. */
  wasm?: boolean;
}

/**
 * The Content-Security-Policy of a page: files of its own origin only, no inline script or style but those named by
 * their hash, no `eval`, and requests to nowhere else. `data:` pictures are the icons of Framework's stylesheet, `blob:`
 * pictures those that the visitor chose.
 */
export function pagePolicy({scripts = [], styles = [], wasm = false}: PolicyNeeds = {}): string {
  return serialise({
    "default-src": ["'none'"],
    "script-src": ["'self'", ...(wasm ? ["'wasm-unsafe-eval'"] : []), ...scripts],
    "style-src": ["'self'", ...styles],
    "img-src": ["'self'", "blob:", "data:"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'none'"]
  });
}

/**
 * The policy of a worker's script, which only a header can give it. Those that compute compile WebAssembly, and
 * TensorFlow.js starts the threads of its binary from `blob:` scripts.
 */
export function workerPolicy({wasm = false} = {}): string {
  return serialise({
    "default-src": ["'none'"],
    "script-src": ["'self'", ...(wasm ? ["'wasm-unsafe-eval'", "blob:"] : [])],
    "connect-src": ["'self'", ...(wasm ? ["blob:"] : [])],
    "worker-src": ["'self'", ...(wasm ? ["blob:"] : [])]
  });
}

const hashed = /^\/?_(file|import|node|npm|observablehq)\//;
const computingWorker = /^\/_import\/components\/(?:classifier\/(?:preparer-)?|smear\/field-)worker\.\w+\.js$/;

/** Whether the name of the file at `path` holds a hash of its content, so that it may be cached for good. */
export function isHashed(path: string): boolean {
  return hashed.test(path);
}

/**
 * The headers that a server should send with `path` (from the root of the site). `deploy/nginx.conf`
 * and `deploy/Caddyfile` say the same; `tests/build/server.test.ts` holds them against this.
 *
 * Hashed names never change their content and are cached for a year; everything else is asked for anew. The policy of
 * pages stands in the pages themselves, since it names their scripts; here is what a page cannot say. Opener and
 * embedder policy isolate the page, which WebAssembly's threads need.
 * @param options.framedBy who may show pages in a frame: sources as in the policy's frame-ancestors
 */
export function headersFor(path: string, {isolated = true, framedBy = "'none'"} = {}): Record<string, string> {
  const isolation = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"};
  return {
    "Cache-Control": isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache",
    "Content-Security-Policy": path.endsWith(".js")
      ? workerPolicy({wasm: computingWorker.test(path)})
      : `frame-ancestors ${framedBy}`,
    ...(isolated ? isolation : {}),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff"
  };
}

function serialise(policy: Record<string, string[]>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
