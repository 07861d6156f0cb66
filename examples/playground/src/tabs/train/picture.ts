import { isTrained, type Sample } from "./samples.ts";
import { readClass } from "./read-class.ts";
import type { Task } from "./task.ts";

/** Coordinates go from minus this to this. */
const reach = 1.2;
/** Of the canvas, in pixels; the page shows it smaller. */
const size = 640;
/** Places along a curve. */
const places = 256;

/** What a model makes of the plane, or the curve that it gives, with the points of the data set over it. */
export class Picture {
  readonly canvas = document.createElement("canvas");
  readonly #surface = document.createElement("canvas");

  constructor() {
    this.canvas.className = "picture";
    this.canvas.width = size;
    this.canvas.height = size;
    this.canvas.setAttribute("role", "img");
  }

  draw(
    { name, task }: { readonly name: string; readonly task: Task },
    samples: readonly Sample[],
    outputs: Float64Array,
  ): void {
    this.canvas.setAttribute(
      "aria-label",
      task.kind === "classes"
        ? `The plane, each place in the colour of the class that ${name} takes it for, and the points of the data`
        : `The curve that ${name} gives, and the points of the data`,
    );
    const context = this.canvas.getContext("2d");
    if (context === null) return;
    const colors = readColors(this.canvas);
    context.fillStyle = css(colors.card);
    context.fillRect(0, 0, size, size);
    if (task.kind === "classes") {
      this.#drawSurface(context, task, outputs, colors);
      drawAxes(context, colors);
    } else {
      drawAxes(context, colors);
      drawCurve(context, outputs, colors);
    }
    samples.forEach((sample, at) =>
      drawSample(context, sample, isTrained(at), colors),
    );
  }

  /** Each place as much in the colour of its class as the model is sure of that. */
  #drawSurface(
    context: CanvasRenderingContext2D,
    task: Extract<Task, { kind: "classes" }>,
    outputs: Float64Array,
    { card, classes }: Colors,
  ): void {
    const side = Math.sqrt(outputs.length / task.outputs);
    const image = new ImageData(side, side);
    for (let at = 0; at < side * side; at++) {
      const { label, certainty } = readClass(outputs, at * task.outputs, task);
      const part = 0.08 + 0.5 * certainty;
      const color = classes[label]!;
      for (let channel = 0; channel < 3; channel++)
        image.data[4 * at + channel] =
          card[channel]! + part * (color[channel]! - card[channel]!);
      image.data[4 * at + 3] = 255;
    }
    this.#surface.width = side;
    this.#surface.height = side;
    this.#surface.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(this.#surface, 0, 0, size, size);
  }
}

/** The inputs whose outputs a picture shows: of a plane row by row from the top, as many as there is time for at `cost` each, in multiply-adds. */
export function probesOf({ kind }: Task, cost: number): Float64Array {
  if (kind === "curve")
    return Float64Array.from({ length: places }, (_, at) => middle(at, places));
  const affordable = Math.floor(Math.sqrt(2e7 / Math.max(1, cost)));
  const side = Math.min(72, Math.max(24, affordable));
  return Float64Array.from({ length: 2 * side * side }, (_, at) => {
    const place = at >> 1;
    return at % 2 === 0
      ? middle(place % side, side)
      : -middle(Math.floor(place / side), side);
  });
}

/** The middle of one of `count` parts of an axis. */
function middle(at: number, count: number): number {
  return reach * ((2 * at + 1) / count - 1);
}

type Color = readonly number[];

interface Colors {
  readonly card: Color;
  readonly ink: Color;
  readonly line: Color;
  readonly classes: readonly Color[];
}

/** The colours of the page as they are now, in light or dark. */
function readColors(element: Element): Colors {
  const style = getComputedStyle(element);
  const read = (name: string): Color =>
    (style.getPropertyValue(name).match(/[\d.]+/g) ?? []).map(Number);
  return {
    card: read("--picture-card"),
    ink: read("--picture-ink"),
    line: read("--picture-line"),
    classes: [0, 1, 2, 3, 4, 5].map((at) => read(`--class-${at}`)),
  };
}

function css([red, green, blue]: Color): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Where a coordinate is on the canvas, from the left, or from the top with the sign turned round. */
function pixel(value: number): number {
  return ((value / reach + 1) / 2) * size;
}

function drawAxes(context: CanvasRenderingContext2D, { line }: Colors): void {
  context.strokeStyle = css(line);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, size / 2);
  context.lineTo(size, size / 2);
  context.moveTo(size / 2, 0);
  context.lineTo(size / 2, size);
  context.stroke();
}

function drawCurve(
  context: CanvasRenderingContext2D,
  outputs: Float64Array,
  { ink }: Colors,
): void {
  context.strokeStyle = css(ink);
  context.lineWidth = 4;
  context.beginPath();
  outputs.forEach((value, at) =>
    context.lineTo(pixel(middle(at, outputs.length)), pixel(-value)),
  );
  context.stroke();
}

/** A disc where it is trained on, a hollow diamond where it is held back. */
function drawSample(
  context: CanvasRenderingContext2D,
  { x, y, label }: Sample,
  trained: boolean,
  { card, classes }: Colors,
): void {
  const [left, top] = [pixel(x), pixel(-y)];
  const [fill, stroke] = trained
    ? [classes[label]!, card]
    : [card, classes[label]!];
  context.fillStyle = css(fill);
  context.strokeStyle = css(stroke);
  context.lineWidth = trained ? 1.5 : 3.5;
  context.beginPath();
  if (trained) context.arc(left, top, 6, 0, 2 * Math.PI);
  else {
    const half = 7;
    context.moveTo(left, top - half);
    context.lineTo(left + half, top);
    context.lineTo(left, top + half);
    context.lineTo(left - half, top);
    context.closePath();
  }
  context.fill();
  context.stroke();
}
