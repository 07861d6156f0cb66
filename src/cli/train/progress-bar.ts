import { formatResult } from "../../fit/format-result.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { duration, stepTime } from "./step-time.ts";

/** What the line of an epoch says. */
export interface EpochLine {
  readonly done: number;
  readonly steps: number;
  /** Since the epoch began, and how many of its steps were done in them. */
  readonly seconds: number;
  readonly timed: number;
  readonly results: Results;
}

const barWidth = 20;

/**
 * The line under `Epoch 1/20` while an epoch is trained and when it has ended, as Keras prints it: steps, a bar, the time that
 * is left and at the end the time that it took, results. `paint` colours the part of the bar that is done.
 */
export function progressBar(
  { done, steps, seconds, timed, results }: EpochLine,
  { paint, strong }: { paint(text: string): string; strong(text: string): string },
): string {
  const perStep = timed === 0 ? 0 : seconds / timed;
  const filled = Math.floor((barWidth * done) / steps);
  const count = `${String(done).padStart(String(steps).length)}/${steps}`;
  const time = done < steps ? duration(perStep * (steps - done)) : duration(seconds);
  // A thinner line shows what is left, also without colours.
  const bar = paint("━".repeat(filled)) + "─".repeat(barWidth - filled);
  return `${strong(count)} ${bar} ${strong(time)} ${stepTime(perStep)}${resultsText(results)}`;
}

/** The line of an epoch in a file: `Epoch 1/20 - 0s - 3ms/step - accuracy: 0.9000 - loss: 0.3412` */
export function epochText(epoch: number, epochs: number, line: EpochLine): string {
  const { seconds, timed, results } = line;
  const perStep = timed === 0 ? 0 : seconds / timed;
  return `Epoch ${epoch}/${epochs} - ${duration(seconds)} - ${stepTime(perStep)}${resultsText(results)}`;
}

/** ` - accuracy: 0.9000 - loss: 0.3412 - val_accuracy: ...`: by name, as Keras sorts them, those of the validation last. */
function resultsText(results: Results): string {
  const names = Object.keys(results).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return names.map((name) => ` - ${name}: ${formatResult(results[name] as number)}`).join("");
}

function rank(name: string): number {
  return name.startsWith("val_") ? 1 : 0;
}
