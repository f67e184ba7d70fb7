/** Options that every chart takes: size in CSS pixels, and the document that owns the drawing (jsdom in tests). */
export interface ChartOptions {
  width?: number;
  height?: number;
}
