import {expect, test} from "vitest";
import {softwareWebgl} from "../../../../src/components/engine/software-webgl.js";

const canvas = (renderer: string | null) =>
  ({
    getContext: () =>
      renderer && {
        getExtension: (name: string) => (name.endsWith("info") ? {UNMASKED_RENDERER_WEBGL: 1} : null),
        getParameter: (which: number) => (which === 1 ? renderer : "WebKit WebGL")
      }
  }) as unknown as OffscreenCanvas;

test.each([
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)", "SwiftShader"],
  ["llvmpipe (LLVM 15.0.6, 256 bits)", "llvmpipe"],
  ["ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)", "Basic Render"],
  ["ANGLE (NVIDIA GeForce RTX 3060 Direct3D11)", null],
  ["Apple GPU", null],
  [null, null]
])("%s", (renderer, name) => expect(softwareWebgl(canvas(renderer))).toBe(name));
