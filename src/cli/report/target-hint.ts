import { visibleText } from "../../diagnostics/visible-text.ts";
import { costs } from "../../passes/costs.ts";
import { formatGain } from "../../passes/format-gain.ts";
import type { ModelReport } from "../../report/report-model.ts";
import { gainOf } from "../../stages/plan-model.ts";
import { defaultTarget, targetNames } from "../../targets/index.ts";

/** One line for a build that was not told which target to take, where another one would pay; else nothing. */
export function targetHint(reports: readonly ModelReport[]): string {
  const gaining = reports
    .filter(({ target }) => target.target === defaultTarget)
    .map(({ model, target }) => ({ model, ...mostGained(target) }))
    .filter(({ gain }) => gain >= costs.worthMentioning);
  const [first, ...others] = gaining.toSorted((a, b) => b.gain - a.gain);
  if (first === undefined) return "";
  const models = others.length === 0 ? "" : `, and ${others.length} more model${others.length === 1 ? "" : "s"} faster`;
  const gain = formatGain(first.gain);
  return `--target ${first.name} would make ${visibleText(first.model)} about ${gain} times as fast${models}\n`;
}

function mostGained(choice: ModelReport["target"]): { readonly name: string; readonly gain: number } {
  const gains = targetNames
    .filter((name) => name !== defaultTarget)
    .map((name) => ({ name, gain: gainOf(choice, name) ?? 0 }));
  return gains.toSorted((a, b) => b.gain - a.gain)[0] ?? { name: defaultTarget, gain: 0 };
}
