import type { Results } from "../../fit/loop/trainer.ts";
import type { Environment } from "../../node/environment.ts";
import type { ReportOptions } from "../arguments/invocation.ts";
import { wantsColor } from "../report/colors.ts";
import { epochText, progressBar, type EpochLine } from "./progress-bar.ts";
import picocolors from "picocolors";

/** Shows how far training is. */
export interface EpochDisplay {
  begin(epoch: number, done: number, steps: number): void;
  /** So many steps are done, with these results. */
  steps(done: number, results: Results): void;
  end(results: Results): void;
  /** Training ends within an epoch. */
  leave(): void;
}

const eraseLine = "\r\u001b[2K";

/**
 * On a terminal the lines of Keras, the last of which changes; else a line an epoch; nothing where nobody reads it. `now` is a
 * clock in milliseconds.
 */
export function showEpochs(
  epochs: number,
  { report, quiet, color }: Pick<ReportOptions, "report" | "quiet" | "color">,
  { stdout, variables }: Pick<Environment, "stdout" | "variables">,
  now: () => number,
): EpochDisplay {
  if (report === "json" || quiet === true) {
    return { begin: () => undefined, steps: () => undefined, end: () => undefined, leave: () => undefined };
  }
  const isLive = stdout.isTerminal && variables["TERM"] !== "dumb";
  const { green, bold } = picocolors.createColors(wantsColor(color, variables, stdout));
  const at = { epoch: 0, steps: 0, begun: 0, from: 0 };
  const line = (done: number, results: Results): EpochLine => ({
    done,
    steps: at.steps,
    seconds: (now() - at.begun) / 1000,
    timed: done - at.from,
    results,
  });
  return {
    begin(epoch, done, steps) {
      Object.assign(at, { epoch, steps, begun: now(), from: done });
      if (isLive) stdout.write(`${bold(`Epoch ${epoch}/${epochs}`)}\n`);
    },
    steps(done, results) {
      if (!isLive) return;
      const text = progressBar(line(done, results), { paint: (part) => part, strong: (part) => part });
      // A line that wraps could not be erased. Colours take no room and are left to lines that fit.
      const fits = text.length < (stdout.columns ?? 80);
      const shown = fits
        ? progressBar(line(done, results), { paint: green, strong: bold })
        : text.slice(0, (stdout.columns ?? 80) - 1);
      stdout.write(eraseLine + shown);
    },
    end(results) {
      const done = line(at.steps, results);
      const text = isLive
        ? eraseLine + progressBar(done, { paint: green, strong: bold })
        : epochText(at.epoch, epochs, done);
      stdout.write(`${text}\n`);
    },
    leave() {
      if (isLive) stdout.write("\n");
    },
  };
}
