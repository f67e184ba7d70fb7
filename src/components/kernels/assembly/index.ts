// What a convolutional network needs, in AssemblyScript with SIMD: `npm run kernels` compiles it to the two
// binaries beside this folder. All values are float32; pictures lie as [cell, row, column, channel] and channels come in
// multiples of eight. Memory is laid out by the caller.

const VECTOR: usize = 16;

/**
 * Four rows times a panel of eight columns: c[i][0..8] = start + Σ a[i][k] · b[k][0..8].
 * @param depth number of k, a multiple of four
 * @param start where the sums start: at `bias`, or, if that is 0, at what c holds
 */
function fourRows(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  b: usize,
  depth: i32,
  bias: usize
): void {
  let s00: v128, s01: v128, s10: v128, s11: v128, s20: v128, s21: v128, s30: v128, s31: v128;
  if (bias) {
    s00 = s10 = s20 = s30 = v128.load(bias);
    s01 = s11 = s21 = s31 = v128.load(bias, 16);
  } else {
    s00 = v128.load(c0);
    s01 = v128.load(c0, 16);
    s10 = v128.load(c1);
    s11 = v128.load(c1, 16);
    s20 = v128.load(c2);
    s21 = v128.load(c2, 16);
    s30 = v128.load(c3);
    s31 = v128.load(c3, 16);
  }
  for (let k = 0; k < depth; k += 4) {
    let left = v128.load(b),
      right = v128.load(b, 16);
    let value = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(value, left));
    s01 = f32x4.add(s01, f32x4.mul(value, right));
    value = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(value, left));
    s11 = f32x4.add(s11, f32x4.mul(value, right));
    value = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(value, left));
    s21 = f32x4.add(s21, f32x4.mul(value, right));
    value = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(value, left));
    s31 = f32x4.add(s31, f32x4.mul(value, right));

    left = v128.load(b, 32);
    right = v128.load(b, 48);
    value = v128.load32_splat(a0, 4);
    s00 = f32x4.add(s00, f32x4.mul(value, left));
    s01 = f32x4.add(s01, f32x4.mul(value, right));
    value = v128.load32_splat(a1, 4);
    s10 = f32x4.add(s10, f32x4.mul(value, left));
    s11 = f32x4.add(s11, f32x4.mul(value, right));
    value = v128.load32_splat(a2, 4);
    s20 = f32x4.add(s20, f32x4.mul(value, left));
    s21 = f32x4.add(s21, f32x4.mul(value, right));
    value = v128.load32_splat(a3, 4);
    s30 = f32x4.add(s30, f32x4.mul(value, left));
    s31 = f32x4.add(s31, f32x4.mul(value, right));

    left = v128.load(b, 64);
    right = v128.load(b, 80);
    value = v128.load32_splat(a0, 8);
    s00 = f32x4.add(s00, f32x4.mul(value, left));
    s01 = f32x4.add(s01, f32x4.mul(value, right));
    value = v128.load32_splat(a1, 8);
    s10 = f32x4.add(s10, f32x4.mul(value, left));
    s11 = f32x4.add(s11, f32x4.mul(value, right));
    value = v128.load32_splat(a2, 8);
    s20 = f32x4.add(s20, f32x4.mul(value, left));
    s21 = f32x4.add(s21, f32x4.mul(value, right));
    value = v128.load32_splat(a3, 8);
    s30 = f32x4.add(s30, f32x4.mul(value, left));
    s31 = f32x4.add(s31, f32x4.mul(value, right));

    left = v128.load(b, 96);
    right = v128.load(b, 112);
    value = v128.load32_splat(a0, 12);
    s00 = f32x4.add(s00, f32x4.mul(value, left));
    s01 = f32x4.add(s01, f32x4.mul(value, right));
    value = v128.load32_splat(a1, 12);
    s10 = f32x4.add(s10, f32x4.mul(value, left));
    s11 = f32x4.add(s11, f32x4.mul(value, right));
    value = v128.load32_splat(a2, 12);
    s20 = f32x4.add(s20, f32x4.mul(value, left));
    s21 = f32x4.add(s21, f32x4.mul(value, right));
    value = v128.load32_splat(a3, 12);
    s30 = f32x4.add(s30, f32x4.mul(value, left));
    s31 = f32x4.add(s31, f32x4.mul(value, right));
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b += 128;
  }
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/**
 * c = start + a · b for rows that lie anywhere.
 * @param a address of `rows` addresses of rows of `depth` values (and up to three more that are read)
 * @param c address of `rows` addresses of rows of `columns` values
 * @param b weights in panels of eight columns: [columns / 8][depth][8]
 * @param bias `columns` values that the sums start from; 0 to add to what c holds
 */
export function multiply(
  a: usize,
  c: usize,
  rows: i32,
  b: usize,
  depth: i32,
  columns: i32,
  bias: usize,
  from: i32,
  to: i32
): void {
  for (let panel = from; panel < to; panel++) {
    const weights = b + <usize>panel * <usize>depth * 32;
    const offset = <usize>panel * 32;
    const start = bias ? bias + offset : 0;
    for (let row = 0; row < rows; row += 4) {
      const r0 = (<usize>row) << 2;
      const last = (<usize>(rows - 1)) << 2;
      const r1 = min(r0 + 4, last),
        r2 = min(r0 + 8, last),
        r3 = min(r0 + 12, last);
      fourRows(
        load<u32>(a + r0),
        load<u32>(a + r1),
        load<u32>(a + r2),
        load<u32>(a + r3),
        load<u32>(c + r0) + offset,
        load<u32>(c + r1) + offset,
        load<u32>(c + r2) + offset,
        load<u32>(c + r3) + offset,
        weights,
        depth,
        start
      );
    }
  }
}

/**
 * c += residual (unless that is 0), then negative values become 0 (if `rectify`), and those where the values at `mask`
 * (unless that is 0) are not positive; the vectors of four values `from` to `to`.
 */
export function finish(c: usize, residual: usize, mask: usize, rectify: bool, from: i32, to: i32): void {
  const zero = f32x4.splat(0);
  for (let at = <usize>from * VECTOR; at < <usize>to * VECTOR; at += VECTOR) {
    let value = v128.load(c + at);
    if (residual) value = f32x4.add(value, v128.load(residual + at));
    if (rectify) value = f32x4.max(value, zero);
    if (mask) value = masked(value, mask + at);
    v128.store(c + at, value);
  }
}

/** Values, but 0 where those at `mask` are not positive. */
function masked(value: v128, mask: usize): v128 {
  return v128.and(value, f32x4.gt(v128.load(mask), f32x4.splat(0)));
}

/** Bytes that the transforms need between their two steps: five rows of a tile's five vectors, and some between threads. */
const SCRATCH: usize = 448;
/** Those of four threads, within the 4096 bytes that the caller leaves at the start of the memory. */
const scratches: usize = 1024;
/** This thread's. */
let scratch: usize = scratches;

/** Says which of the threads on this memory calls, from 0 to 3. */
export function beThread(thread: i32): void {
  scratch = scratches + <usize>thread * SCRATCH;
}

function get(own: usize, i: i32, j: i32): v128 {
  return v128.load(own + <usize>((i * 5 + j) * 16));
}

/**
 * Winograd's F(3×3, 3×3), input side, points 0, 1, −1, 2, ∞ (Lavin & Gray 2016): cuts maps with a border of one zero
 * into tiles of 5×5 that start every third pixel and brings each tile to the transformed plane. Where the side is no
 * multiple of three, the last tiles reach over it, into zeros.
 * @param source maps [cells, side, side, channels]
 * @param planes receives [25][tiles][channels]
 * @param first first tile of all cells' tiles
 * @param count number of tiles
 * @param from first of these that is computed, and `to` the first that is not
 */
export function transformInput(
  source: usize,
  side: i32,
  channels: i32,
  planes: usize,
  first: i32,
  count: i32,
  from: i32,
  to: i32
): void {
  const own = scratch;
  const perRow = (side + 2) / 3;
  const perCell = perRow * perRow;
  const plane = (<usize>(count * channels)) << 2;
  const rowBytes = (<usize>(side * channels)) << 2;
  const zero = f32x4.splat(0);
  const two = f32x4.splat(2);
  const three = f32x4.splat(3);
  for (let tile = from; tile < to; tile++) {
    const all = first + tile;
    const cell = all / perCell;
    const place = all % perCell;
    const top = (place / perRow) * 3 - 1;
    const left = (place % perRow) * 3 - 1;
    const base = source + <usize>cell * <usize>side * rowBytes;
    const target = planes + ((<usize>(tile * channels)) << 2);
    for (let channel = 0; channel < channels; channel += 4) {
      const at = (<usize>channel) << 2;
      for (let i = 0; i < 5; i++) {
        const y = top + i;
        let d0 = zero,
          d1 = zero,
          d2 = zero,
          d3 = zero,
          d4 = zero;
        if (y >= 0 && y < side) {
          const row = base + <usize>y * rowBytes + at;
          const step = (<usize>channels) << 2;
          const x = row + <usize>left * step;
          if (left >= 0) d0 = v128.load(x);
          d1 = v128.load(x + step);
          if (left + 2 < side) d2 = v128.load(x + 2 * step);
          if (left + 3 < side) d3 = v128.load(x + 3 * step);
          if (left + 4 < side) d4 = v128.load(x + 4 * step);
        }
        const out = own + <usize>(i * 80);
        // 2 d0 − d1 − 2 d2 + d3, −2 d1 − d2 + d3, 2 d1 − 3 d2 + d3, −d1 + d3, 2 d1 − d2 − 2 d3 + d4
        const d31 = f32x4.sub(d3, d1);
        v128.store(out, f32x4.add(f32x4.mul(two, f32x4.sub(d0, d2)), d31));
        v128.store(out, f32x4.sub(f32x4.sub(d3, d2), f32x4.mul(two, d1)), 16);
        v128.store(out, f32x4.add(f32x4.sub(f32x4.mul(two, d1), f32x4.mul(three, d2)), d3), 32);
        v128.store(out, d31, 48);
        v128.store(out, f32x4.add(f32x4.sub(d4, d2), f32x4.mul(two, f32x4.sub(d1, d3))), 64);
      }
      for (let j = 0; j < 5; j++) {
        const d0 = get(own, 0, j),
          d1 = get(own, 1, j),
          d2 = get(own, 2, j),
          d3 = get(own, 3, j),
          d4 = get(own, 4, j);
        const out = target + at + <usize>j * plane;
        const d31 = f32x4.sub(d3, d1);
        v128.store(out, f32x4.add(f32x4.mul(two, f32x4.sub(d0, d2)), d31));
        v128.store(out + 5 * plane, f32x4.sub(f32x4.sub(d3, d2), f32x4.mul(two, d1)));
        v128.store(out + 10 * plane, f32x4.add(f32x4.sub(f32x4.mul(two, d1), f32x4.mul(three, d2)), d3));
        v128.store(out + 15 * plane, d31);
        v128.store(out + 20 * plane, f32x4.add(f32x4.sub(d4, d2), f32x4.mul(two, f32x4.sub(d1, d3))));
      }
    }
  }
}

/** One product a transformed plane: planes `from` to `to` of [25][tiles][depth] times [25][columns / 8][depth][8]. */
export function multiplyPlanes(
  a: usize,
  b: usize,
  c: usize,
  tiles: i32,
  depth: i32,
  columns: i32,
  zeros: usize,
  from: i32,
  to: i32
): void {
  const aRow = (<usize>depth) << 2;
  const cRow = (<usize>columns) << 2;
  for (let plane = from; plane < to; plane++) {
    const ap = a + <usize>plane * <usize>tiles * aRow;
    const bp = b + <usize>plane * <usize>columns * aRow;
    const cp = c + <usize>plane * <usize>tiles * cRow;
    const last = <usize>(tiles - 1);
    for (let panel = 0; panel < columns / 8; panel++) {
      const weights = bp + <usize>panel * <usize>depth * 32;
      const cc = cp + <usize>panel * 32;
      for (let row: usize = 0; row < <usize>tiles; row += 4) {
        const r1 = min(row + 1, last),
          r2 = min(row + 2, last),
          r3 = min(row + 3, last);
        fourRows(
          ap + row * aRow,
          ap + r1 * aRow,
          ap + r2 * aRow,
          ap + r3 * aRow,
          cc + row * cRow,
          cc + r1 * cRow,
          cc + r2 * cRow,
          cc + r3 * cRow,
          weights,
          depth,
          zeros
        );
      }
    }
  }
}

/**
 * The output side: from the planes back to maps of 3×3 a tile, plus bias and residual (unless 0), negative values to 0 if
 * `rectify`, and those to 0 where the values at `mask` (unless 0) are not positive. Tiles as for `transformInput`.
 */
export function transformOutput(
  planes: usize,
  side: i32,
  channels: i32,
  target: usize,
  bias: usize,
  residual: usize,
  mask: usize,
  rectify: bool,
  first: i32,
  count: i32,
  from: i32,
  to: i32
): void {
  const own = scratch;
  const perRow = (side + 2) / 3;
  const perCell = perRow * perRow;
  const plane = (<usize>(count * channels)) << 2;
  const step = (<usize>channels) << 2;
  const rowBytes = <usize>side * step;
  const zero = f32x4.splat(0);
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  for (let tile = from; tile < to; tile++) {
    const all = first + tile;
    const cell = all / perCell;
    const row = ((all % perCell) / perRow) * 3;
    const column = ((all % perCell) % perRow) * 3;
    const place = <usize>(cell * side + row) * rowBytes + <usize>column * step;
    const rows = side - row;
    const columns = min(3, side - column);
    const source = planes + <usize>tile * step;
    for (let at: usize = 0; at < step; at += VECTOR) {
      for (let i: usize = 0; i < 5; i++) {
        const from = source + at + i * 5 * plane;
        const m0 = v128.load(from),
          m1 = v128.load(from + plane),
          m2 = v128.load(from + 2 * plane);
        const m3 = v128.load(from + 3 * plane),
          m4 = v128.load(from + 4 * plane);
        const sum = f32x4.add(m1, m2);
        const out = own + i * 80;
        v128.store(out, f32x4.add(f32x4.add(m0, sum), m3));
        v128.store(out, f32x4.add(f32x4.sub(m1, m2), f32x4.mul(two, m3)), 16);
        v128.store(out, f32x4.add(f32x4.add(sum, f32x4.mul(four, m3)), m4), 32);
      }
      const start = v128.load(bias + at);
      for (let j = 0; j < columns; j++) {
        const m0 = get(own, 0, j),
          m1 = get(own, 1, j),
          m2 = get(own, 2, j),
          m3 = get(own, 3, j),
          m4 = get(own, 4, j);
        const sum = f32x4.add(m1, m2);
        let y0 = f32x4.add(f32x4.add(f32x4.add(m0, sum), m3), start);
        let y1 = f32x4.add(f32x4.add(f32x4.sub(m1, m2), f32x4.mul(two, m3)), start);
        let y2 = f32x4.add(f32x4.add(f32x4.add(sum, f32x4.mul(four, m3)), m4), start);
        const out = place + <usize>j * step + at;
        if (residual) {
          y0 = f32x4.add(y0, v128.load(residual + out));
          if (rows > 1) y1 = f32x4.add(y1, v128.load(residual + out + rowBytes));
          if (rows > 2) y2 = f32x4.add(y2, v128.load(residual + out + 2 * rowBytes));
        }
        if (rectify) {
          y0 = f32x4.max(y0, zero);
          y1 = f32x4.max(y1, zero);
          y2 = f32x4.max(y2, zero);
        }
        if (mask) {
          y0 = masked(y0, mask + out);
          if (rows > 1) y1 = masked(y1, mask + out + rowBytes);
          if (rows > 2) y2 = masked(y2, mask + out + 2 * rowBytes);
        }
        v128.store(target + out, y0);
        if (rows > 1) v128.store(target + out + rowBytes, y1);
        if (rows > 2) v128.store(target + out + 2 * rowBytes, y2);
      }
    }
  }
}

/**
 * The weights' side, made once: 3×3 filters as 25 planes in panels, G g Gᵀ.
 * @param source [3][3][depth][columns]
 * @param target receives [25][columns / 8][depth][8]
 */
export function transformWeights(source: usize, depth: i32, columns: i32, target: usize): void {
  const own = scratch;
  const tap = (<usize>(depth * columns)) << 2;
  const plane = tap;
  const half = f32x4.splat(0.5);
  const sixth = f32x4.splat(<f32>(1.0 / 6.0));
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  for (let k = 0; k < depth; k++) {
    for (let column = 0; column < columns; column += 4) {
      const from = source + ((<usize>(k * columns + column)) << 2);
      for (let i: usize = 0; i < 3; i++) {
        const g0 = v128.load(from + i * 3 * tap),
          g1 = v128.load(from + (i * 3 + 1) * tap);
        const g2 = v128.load(from + (i * 3 + 2) * tap);
        const out = own + i * 80;
        const ends = f32x4.add(g0, g2);
        v128.store(out, f32x4.mul(half, g0));
        v128.store(out, f32x4.neg(f32x4.mul(half, f32x4.add(ends, g1))), 16);
        v128.store(out, f32x4.mul(sixth, f32x4.sub(g1, ends)), 32);
        v128.store(out, f32x4.mul(sixth, f32x4.add(f32x4.add(g0, f32x4.mul(two, g1)), f32x4.mul(four, g2))), 48);
        v128.store(out, g2, 64);
      }
      const to = target + ((<usize>((column / 8) * depth * 8 + k * 8 + (column & 4))) << 2);
      for (let j = 0; j < 5; j++) {
        const g0 = get(own, 0, j),
          g1 = get(own, 1, j),
          g2 = get(own, 2, j);
        const out = to + <usize>j * plane;
        const ends = f32x4.add(g0, g2);
        v128.store(out, f32x4.mul(half, g0));
        v128.store(out + 5 * plane, f32x4.neg(f32x4.mul(half, f32x4.add(ends, g1))));
        v128.store(out + 10 * plane, f32x4.mul(sixth, f32x4.sub(g1, ends)));
        v128.store(
          out + 15 * plane,
          f32x4.mul(sixth, f32x4.add(f32x4.add(g0, f32x4.mul(two, g1)), f32x4.mul(four, g2)))
        );
        v128.store(out + 20 * plane, g2);
      }
    }
  }
}

/**
 * Weights [depth][columns] in panels of eight columns.
 * @param padded depth of the panels; what is missing becomes 0
 */
export function packPanels(source: usize, depth: i32, columns: i32, padded: i32, target: usize): void {
  for (let panel = 0; panel < columns / 8; panel++) {
    for (let k = 0; k < padded; k++) {
      const from = source + ((<usize>(k * columns + panel * 8)) << 2);
      v128.store(target, k < depth ? v128.load(from) : f32x4.splat(0));
      v128.store(target, k < depth ? v128.load(from, 16) : f32x4.splat(0), 16);
      target += 32;
    }
  }
}

/**
 * Largest of 3×3 at every second place of maps [cells, side, side, channels] that are nowhere negative: the rows `from` to
 * `to` of all cells' new ones.
 */
export function poolLargest(source: usize, side: i32, channels: i32, target: usize, from: i32, to: i32): void {
  const step = (<usize>channels) << 2;
  const half = side / 2;
  target += <usize>(from * half) * step;
  for (let row = from; row < to; row++) {
    const cell = row / half;
    const top = (row % half) * 2 - 1;
    for (let column = 0; column < half; column++) {
      const left = column * 2 - 1;
      for (let at: usize = 0; at < step; at += VECTOR) {
        let most = f32x4.splat(0);
        for (let y = max(top, 0); y < min(top + 3, side); y++) {
          const line = source + <usize>((cell * side + y) * side) * step + at;
          for (let x = max(left, 0); x < min(left + 3, side); x++)
            most = f32x4.max(most, v128.load(line + <usize>x * step));
        }
        v128.store(target + at, most);
      }
      target += step;
    }
  }
}

/** Mean over the places of maps [cells, places, channels]. */
export function averagePlaces(source: usize, cells: i32, places: i32, channels: i32, target: usize): void {
  const step = (<usize>channels) << 2;
  const share = f32x4.splat(<f32>1 / <f32>places);
  for (let cell = 0; cell < cells; cell++) {
    for (let at: usize = 0; at < step; at += VECTOR) {
      let sum = f32x4.splat(0);
      for (let place = 0; place < places; place++) sum = f32x4.add(sum, v128.load(source + <usize>place * step + at));
      v128.store(target + at, f32x4.mul(sum, share));
    }
    source += <usize>places * step;
    target += step;
  }
}
