import { createKeyboardPen } from "./keyboard-pen.ts";
import type { Point, Stroke } from "./to-pixels.ts";

/** Lets one draw on a canvas with a mouse, a finger, a pen or by keys. Tells all strokes after each change; returns how to clear. */
export function createPad(
  canvas: HTMLCanvasElement,
  changed: (strokes: readonly Stroke[]) => void,
): () => void {
  const strokes: Point[][] = [];

  const draw = (): void => {
    const context = canvas.getContext("2d")!;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = getComputedStyle(canvas).color;
    context.lineWidth = canvas.width / 14;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of strokes) {
      context.beginPath();
      stroke.forEach(({ x, y }, at) => {
        // A line from a point to itself is a dot.
        if (at === 0) context.moveTo(x, y);
        context.lineTo(x, y);
      });
      context.stroke();
    }
    const at = pen();
    if (at === undefined) return;
    context.strokeStyle = getComputedStyle(canvas).outlineColor;
    context.lineWidth = canvas.width / 160;
    context.beginPath();
    context.arc(at.x, at.y, canvas.width / 20, 0, 2 * Math.PI);
    context.stroke();
  };
  const update = (): void => {
    draw();
    changed(strokes);
  };
  const pen = createKeyboardPen(canvas, {
    begin: (point) => strokes.push([point]),
    add: (point) => strokes.at(-1)?.push(point),
    moved: update,
  });
  const add = ({ clientX, clientY }: PointerEvent): void => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const x = ((clientX - left) / width) * canvas.width;
    const y = ((clientY - top) / height) * canvas.height;
    strokes.at(-1)?.push({ x, y });
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    // The stroke goes on where the pointer leaves the canvas.
    canvas.setPointerCapture(event.pointerId);
    strokes.push([]);
    add(event);
    update();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    event.getCoalescedEvents().forEach(add);
    update();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  return () => {
    strokes.length = 0;
    update();
  };
}
