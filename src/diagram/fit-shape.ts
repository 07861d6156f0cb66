import { formatShape, type Shape } from "../ir/shape.ts";
import { formatSize } from "../ir/size.ts";
import { fitText, type FittedText } from "./fit-text.ts";

const room = 180;

/** A shape beside an arrow: `[time, 128]`; of one with too many axes those in the middle are left out. */
export function fitShape(shape: Shape): FittedText {
  const whole = fitText(formatShape(shape), "shape", room, true);
  const sizes = shape.map(formatSize);
  for (let left = 1; whole.isCut && left <= shape.length - 2; left++) {
    const first = Math.ceil((shape.length - left) / 2);
    const part = [...sizes.slice(0, first), "…", ...sizes.slice(first + left)];
    const fitted = fitText(`[${part.join(", ")}]`, "shape", room);
    if (!fitted.isCut) return { ...fitted, isCut: true };
  }
  return whole;
}
