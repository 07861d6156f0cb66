import { listWords } from "../layers/arguments/shorten.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { schedules } from "../training/schedules/index.ts";
import { kerasWords } from "./library.ts";
import type { Why } from "./values.ts";

const kinds = [
  { module: "schedules", noun: "learning-rate schedule", plural: "learning-rate schedules", definitions: schedules },
  { module: "optimizers", noun: "optimizer", plural: "optimizers", definitions: optimizers },
  { module: "losses", noun: "loss", plural: "losses", definitions: losses },
  { module: "metrics", noun: "metric", plural: "metrics", definitions: metrics },
  // The only class in it wraps another optimizer.
  { module: "mixed_precision", noun: "optimizer", plural: "optimizers", definitions: optimizers },
];

/** Why a class of Keras that trains a model is nothing here: there is none of its name among those that there are. */
export function lackingClass(path: string): Omit<Why, "span"> | undefined {
  const words = kerasWords(path);
  const name = words?.at(-1) ?? "";
  const kind = kinds.find(({ module }) => words?.slice(0, -1).includes(module) === true);
  const isClass = /^[A-Z]/.test(name) && (kind?.module !== "mixed_precision" || name.endsWith("Optimizer"));
  if (kind === undefined || !isClass) return undefined;
  const { noun, plural, definitions } = kind;
  const known = listWords(definitions.map(({ identifier }) => identifier));
  return { reason: `layerc has no ${noun} '${name}'`, instead: `it has the ${plural} ${known}` };
}
