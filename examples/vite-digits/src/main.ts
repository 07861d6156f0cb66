import { classifyDigits, digitsLabels } from "./digits.layers";
import { createPad } from "./pad.ts";
import { toPixels, type Stroke } from "./to-pixels.ts";

const pad = document.querySelector<HTMLCanvasElement>("#pad")!;
const seen = document.querySelector<HTMLCanvasElement>("#seen")!;
const digit = document.querySelector<HTMLOutputElement>("#digit")!;

const bars = digitsLabels.map((label) => {
  const bar = document.createElement("li");
  bar.innerHTML = `<span>${label}</span><span class="bar"></span><span class="percent"></span>`;
  document.querySelector("#probabilities")!.append(bar);
  return bar;
});

function recognise(strokes: readonly Stroke[]): void {
  const pixels = toPixels(strokes);
  const ranked = strokes.length > 0 ? classifyDigits(pixels) : [];

  const [best] = ranked;
  digit.value = best?.label ?? "?";
  bars.forEach((bar, at) => {
    const probability = ranked.find(({ index }) => index === at)?.score ?? 0;
    bar.classList.toggle("best", at === best?.index);
    bar.style.setProperty("--probability", String(probability));
    bar.querySelector(".percent")!.textContent =
      `${(probability * 100).toFixed(1)} %`;
  });
  showPixels(pixels);
}

/** Shows what the network is given: 8x8 grey levels, 0..16. */
function showPixels(pixels: Float32Array): void {
  const context = seen.getContext("2d")!;
  context.clearRect(0, 0, 8, 8);
  context.fillStyle = getComputedStyle(seen).color;
  pixels.forEach((level, at) => {
    context.globalAlpha = level / 16;
    context.fillRect(at % 8, Math.floor(at / 8), 1, 1);
  });
}

const clear = createPad(pad, recognise);
document.querySelector("#clear")!.addEventListener("click", clear);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") clear();
});
clear();
