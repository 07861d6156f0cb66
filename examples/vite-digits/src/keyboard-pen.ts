import type { Point } from "./to-pixels.ts";

/** What a pen that is moved by keys does on a canvas. */
export interface PenActions {
  /** The pen is put down here, and begins a stroke. */
  begin(point: Point): void;
  /** The pen, which is down, has been moved. */
  add(point: Point): void;
  /** The pen has been moved, put down or lifted, or is shown now or not any more. */
  moved(): void;
}

/** Where the pen is while it is used, in pixels of the canvas. */
export type Pen = () => Point | undefined;

/** A pen for the keyboard: arrow keys move it, the space bar puts it down and lifts it. */
export function createKeyboardPen(
  canvas: HTMLCanvasElement,
  { begin, add, moved }: PenActions,
): Pen {
  const step = canvas.width / 20;
  const moves: Readonly<Record<string, readonly [x: number, y: number]>> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  let point: Point = { x: canvas.width / 2, y: canvas.height / 4 };
  let isDown = false;
  let isShown = false;
  const show = (shown: boolean): void => {
    isShown = shown;
    isDown = false;
    moved();
  };

  canvas.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (event.key === "Escape") isDown = false;
    if (move === undefined && event.key !== " ") return;
    event.preventDefault();
    isShown = true;
    if (move === undefined) {
      isDown = !isDown;
      if (isDown) begin(point);
    } else {
      const inside = (at: number, size: number): number =>
        Math.min(size, Math.max(0, at));
      point = {
        x: inside(point.x + move[0], canvas.width),
        y: inside(point.y + move[1], canvas.height),
      };
      if (isDown) add(point);
    }
    moved();
  });
  canvas.addEventListener("focus", () =>
    show(canvas.matches(":focus-visible")),
  );
  canvas.addEventListener("blur", () => show(false));
  canvas.addEventListener("pointerdown", () => show(false));
  return () => (isShown ? point : undefined);
}
