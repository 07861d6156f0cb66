import { visibleText } from "../../diagnostics/visible-text.ts";
import { costs } from "../../passes/costs.ts";
import { formatGain } from "../../stages/format-gain.ts";
import type { ModelReport } from "../../stages/report.ts";

/** One line for a build that was not told which target to take, where WebAssembly would pay; else nothing. */
export function targetHint(reports: readonly ModelReport[]): string {
  const gaining = reports.filter(
    ({ target }) => target.target === "typescript" && target.wasmGain >= costs.worthMentioning,
  );
  const [first, ...others] = gaining.toSorted((a, b) => b.target.wasmGain - a.target.wasmGain);
  if (first === undefined) return "";
  const models = others.length === 0 ? "" : `, and ${others.length} more model${others.length === 1 ? "" : "s"} faster`;
  const gain = formatGain(first.target.wasmGain);
  return `--target wasm would make ${visibleText(first.model)} about ${gain} times as fast${models}\n`;
}
