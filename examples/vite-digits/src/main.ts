import { digits, digitsLabels } from "./digits.layers";
import { createPad } from "./pad.ts";
import { toPixels, type Stroke } from "./to-pixels.ts";
import { createVerdict } from "./verdict.ts";

const verdict = createVerdict(digitsLabels);

function recognise(strokes: readonly Stroke[]): void {
  const pixels = toPixels(strokes);
  verdict.show(pixels, strokes.length > 0 ? digits.forward(pixels) : undefined);
}

const pad = document.querySelector<HTMLCanvasElement>("#pad")!;
const clear = createPad(pad, recognise);
document.querySelector("#clear")!.addEventListener("click", clear);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") clear();
});
clear();
