import {vi} from "vitest";

/** Has a canvas be of 200 by 200 pixels, and its observer hear so at once, where nothing is laid out. */
export function stubCanvasSize(): void {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private readonly changed: () => void) {}
      observe() {
        this.changed();
      }
      disconnect() {}
    }
  );
  for (const side of ["clientWidth", "clientHeight"] as const) {
    vi.spyOn(HTMLCanvasElement.prototype, side, "get").mockReturnValue(200);
  }
}
