export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of a line drawn without lifting the pen. */
export type Stroke = readonly Point[];

/** The UCI digits are bitmaps of 32x32, counted in blocks of 4x4. */
const size = 32;
const block = 4;
/** The pen and the widest digit, in dots of the bitmap: with these most of a set of test drawings were recognised. */
const penRadius = 2.8;
const widest = 20;

/**
 * What the network was trained on, made of a drawing: the strokes fill the height of a 32x32 bitmap and stand in its
 * middle, and the black dots are counted in blocks of 4x4. [64], row by row, 0..16.
 */
export function toPixels(strokes: readonly Stroke[]): Float32Array {
  const black = new Set<number>();
  for (const stroke of fit(strokes)) {
    stroke.forEach((to, at) => drawLine(black, stroke[at - 1] ?? to, to));
  }
  const pixels = new Float32Array((size / block) ** 2);
  for (const dot of black) {
    const row = Math.floor(dot / size / block);
    const column = Math.floor((dot % size) / block);
    pixels[row * (size / block) + column]! += 1;
  }
  return pixels;
}

/** Strokes in dots of the bitmap. */
function fit(strokes: readonly Stroke[]): readonly Stroke[] {
  const x = range(strokes.flat().map((point) => point.x));
  const y = range(strokes.flat().map((point) => point.y));
  const scaleY = (size - 2 * penRadius) / y.length;
  const scaleX = Math.min(scaleY, (widest - 2 * penRadius) / x.length);
  return strokes.map((stroke) =>
    stroke.map((point) => ({
      x: size / 2 + (point.x - x.middle) * scaleX,
      y: size / 2 + (point.y - y.middle) * scaleY,
    })),
  );
}

function range(values: readonly number[]): { middle: number; length: number } {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  // A dot and a level line have no height to fill: a pixel counts as one.
  return { middle: (least + most) / 2, length: Math.max(most - least, 1) };
}

/** Adds the dots whose centres lie below the round pen on its way. */
function drawLine(black: Set<number>, from: Point, to: Point): void {
  const clamp = (at: number): number =>
    Math.min(size - 1, Math.max(0, Math.floor(at)));
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  for (let y = clamp(top - penRadius); y <= clamp(bottom + penRadius); y++) {
    for (let x = clamp(left - penRadius); x <= clamp(right + penRadius); x++) {
      const distance = distanceToLine({ x: x + 0.5, y: y + 0.5 }, from, to);
      if (distance <= penRadius) black.add(y * size + x);
    }
  }
}

function distanceToLine(dot: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const along =
    squared === 0
      ? 0
      : ((dot.x - from.x) * dx + (dot.y - from.y) * dy) / squared;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(
    dot.x - from.x - nearest * dx,
    dot.y - from.y - nearest * dy,
  );
}
