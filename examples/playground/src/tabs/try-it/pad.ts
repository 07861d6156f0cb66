import type { InputKind } from "./input-kind.ts";

/** A small image that is painted with a pointer, or with the arrow keys and the space bar. */
export class Pad {
  readonly canvas = document.createElement("canvas");
  readonly #changed: (values: Float32Array) => void;
  #values: Float32Array = new Float32Array();
  #kind: Required<InputKind> | undefined;
  #cursor = 0;

  constructor(changed: (values: Float32Array) => void) {
    this.#changed = changed;
    const { canvas } = this;
    canvas.className = "pad";
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.#paintAt(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      event.getCoalescedEvents?.().forEach((each) => this.#paintAt(each));
      this.#paintAt(event);
    });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    const redraw = (): void => this.#draw();
    canvas.addEventListener("focus", redraw);
    canvas.addEventListener("blur", redraw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener(
      "change",
      redraw,
    );
  }

  show(values: Float32Array, kind: Required<InputKind>): void {
    this.#values = values;
    this.#kind = kind;
    const [rows, columns] = kind.grid;
    const cell = Math.max(1, Math.floor(320 / Math.max(rows, columns)));
    this.canvas.width = columns * cell;
    this.canvas.height = rows * cell;
    this.canvas.setAttribute(
      "aria-label",
      `Image of ${rows} by ${columns}: paint with the pointer, or with arrow keys and space`,
    );
    this.#draw();
  }

  #draw(): void {
    const context = this.canvas.getContext("2d");
    if (context === null || this.#kind === undefined) return;
    const { grid, from, to } = this.#kind;
    const { width, height } = this.canvas;
    const [rows, columns] = grid;
    const [w, h] = [width / columns, height / rows];
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(this.canvas);
    context.fillStyle = style.color;
    this.#values.forEach((value, at) => {
      context.globalAlpha = Math.min(
        1,
        Math.max(0, (value - from) / (to - from)),
      );
      context.fillRect((at % columns) * w, Math.floor(at / columns) * h, w, h);
    });
    context.globalAlpha = 1;
    if (document.activeElement !== this.canvas) return;
    context.strokeStyle = style.outlineColor;
    context.lineWidth = 3;
    const [x, y] = [this.#cursor % columns, Math.floor(this.#cursor / columns)];
    context.strokeRect(x * w + 1.5, y * h + 1.5, w - 3, h - 3);
  }

  #paintAt({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const [rows, columns] = this.#kind!.grid;
    const x = Math.floor(((clientX - left) / width) * columns);
    const y = Math.floor(((clientY - top) / height) * rows);
    this.#paint(x, y, 1);
    for (const [dx, dy] of beside) this.#paint(x + dx, y + dy, 0.35);
    this.#done();
  }

  #paint(x: number, y: number, ink: number): void {
    const { grid, from, to } = this.#kind!;
    const [rows, columns] = grid;
    if (x < 0 || y < 0 || x >= columns || y >= rows) return;
    const at = y * columns + x;
    const value = from + ink * (to - from);
    this.#values[at] = Math.max(this.#values[at]!, value);
  }

  #key(event: KeyboardEvent): void {
    const [rows, columns] = this.#kind!.grid;
    const [x, y] = [this.#cursor % columns, Math.floor(this.#cursor / columns)];
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [x - 1, y],
      ArrowRight: [x + 1, y],
      ArrowUp: [x, y - 1],
      ArrowDown: [x, y + 1],
    };
    const [toX, toY] = moves[event.key] ?? [x, y];
    if (event.key === " ") {
      const { from, to } = this.#kind!;
      this.#values[this.#cursor] =
        this.#values[this.#cursor]! > from ? from : to;
      this.#done();
    } else if (!(event.key in moves)) return;
    event.preventDefault();
    const column = Math.min(columns - 1, Math.max(0, toX));
    this.#cursor = Math.min(rows - 1, Math.max(0, toY)) * columns + column;
    this.#draw();
  }

  #done(): void {
    this.#draw();
    this.#changed(this.#values);
  }
}

const beside = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;
