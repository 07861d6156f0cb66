/** Fills the elements `#digit`, `#probabilities` and `#seen` of a page with what a network says of its input. */
export interface Verdict {
  /** Probabilities of the labels, in their order, for 8x8 grey levels 0..16; none while nothing is drawn. */
  show(
    pixels: Float32Array,
    probabilities: ArrayLike<number> | undefined,
  ): void;
}

export function createVerdict(labels: readonly string[]): Verdict {
  const digit = document.querySelector<HTMLOutputElement>("#digit")!;
  const seen = document.querySelector<HTMLCanvasElement>("#seen")!;
  const list = document.querySelector("#probabilities")!;
  const bars = labels.map((label) => {
    const [name, bar, percent] = [0, 1, 2].map(() =>
      document.createElement("span"),
    ) as [HTMLElement, HTMLElement, HTMLElement];
    name.textContent = label;
    bar.className = "bar";
    percent.className = "percent";
    const row = document.createElement("li");
    row.append(name, bar, percent);
    list.append(row);
    return { row, percent };
  });

  return {
    show(pixels, probabilities = []) {
      const all = Array.from(probabilities);
      const best = all.indexOf(Math.max(...all));
      digit.value = labels[best] ?? "?";
      bars.forEach(({ row, percent }, at) => {
        const probability = all[at] ?? 0;
        row.classList.toggle("best", at === best);
        row.style.setProperty("--probability", String(probability));
        percent.textContent = `${(probability * 100).toFixed(1)} %`;
      });
      showPixels(seen, pixels);
    },
  };
}

function showPixels(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext("2d")!;
  context.clearRect(0, 0, 8, 8);
  context.fillStyle = getComputedStyle(canvas).color;
  pixels.forEach((level, at) => {
    context.globalAlpha = level / 16;
    context.fillRect(at % 8, Math.floor(at / 8), 1, 1);
  });
}
