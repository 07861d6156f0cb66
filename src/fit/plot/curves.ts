import type { Results } from "../loop/trainer.ts";

/** What is drawn in one frame: a result of the training and of the validation, epoch by epoch. */
export interface Panel {
  /** `loss` */
  readonly name: string;
  readonly curves: readonly Curve[];
}

export interface Curve {
  readonly look: "training" | "validation";
  /** Epochs, counted from 1, and their values, all finite. */
  readonly points: readonly (readonly [epoch: number, value: number])[];
}

/** Points of a curve that are drawn; of more, every so many-th. */
const mostPoints = 600;

/** What is larger is not drawn, as what is no number: nobody could tell the other values. */
const greatest = 1e300;

/** The results of all epochs, the loss first. */
export function panelsOf(history: readonly Results[]): readonly Panel[] {
  const names = [...new Set(history.flatMap((results) => Object.keys(results)))];
  const own = names.filter((name) => !name.startsWith("val_")).sort((a, b) => rank(a) - rank(b));
  return own.map((name) => ({
    name,
    curves: [
      { look: "training" as const, points: pointsOf(history, name) },
      { look: "validation" as const, points: pointsOf(history, `val_${name}`) },
    ].filter(({ points }) => points.length > 0),
  }));
}

function rank(name: string): number {
  return name === "loss" ? 0 : 1;
}

function pointsOf(history: readonly Results[], name: string): Curve["points"] {
  const every = Math.ceil(history.length / mostPoints);
  return history.flatMap((results, at) => {
    const value = results[name];
    const isDrawn = at % every === 0 || at === history.length - 1;
    return isDrawn && value !== undefined && Math.abs(value) < greatest ? [[at + 1, value] as const] : [];
  });
}
