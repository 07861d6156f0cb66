import { counted } from "../../diagnostics/counted.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { costs } from "../../passes/costs.ts";
import type { ModelReport } from "../../report/report-model.ts";
import { describeGain, gainOf, type Gain } from "../../stages/plan-model.ts";
import { defaultTarget, targetNames, type TargetName } from "../../targets/index.ts";

/** One line for a build that was not told which target to take, where another one would pay; else nothing. */
export function targetHint(reports: readonly ModelReport[]): string {
  const gaining = reports
    .filter(({ target }) => target.target === defaultTarget)
    .flatMap(({ model, target }) => bestGains(target).map((best) => ({ model, ...best })))
    .toSorted(byGain);
  const [first, ...others] = gaining;
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : `, and ${counted(others.length, "more model")} faster`;
  return `--target ${first.name} would make ${visibleText(first.model)} about ${describeGain(first, first.name)}${more}\n`;
}

/** A target and what it would gain. */
type NamedGain = Gain & { readonly name: TargetName };

/** The target that gains most, if that is worth a line. */
function bestGains(choice: ModelReport["target"]): readonly NamedGain[] {
  return targetNames
    .flatMap((name) => {
      const gain = gainOf(choice, name);
      return gain === undefined ? [] : [{ name, ...gain }];
    })
    .filter(({ gain }) => gain >= costs.worthMentioning)
    .toSorted(byGain)
    .slice(0, 1);
}

function byGain(one: NamedGain, other: NamedGain): number {
  return other.gain - one.gain;
}
