/** Names of renderers that compute WebGL on the processor: Chromium's, Mesa's and Windows's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Says whether WebGL is only imitated in software here, where it is many times slower than WebAssembly.
 * @returns the renderer's name, or null if WebGL runs on a graphics card, does not say, or is not there
 */
export function softwareWebgl(canvas: Pick<OffscreenCanvas, "getContext"> = new OffscreenCanvas(1, 1)): string | null {
  const gl = canvas.getContext("webgl2") as WebGL2RenderingContext | null;
  if (!gl) return null;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return SOFTWARE.exec(renderer)?.[0] ?? null;
}
