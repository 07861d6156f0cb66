import type { LayerReport, ModelReport } from "../../report/report-model.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { sumSizes, type Size } from "../../ir/size.ts";
import { roundedPrecisions } from "../../ir/storage-types.ts";
import { targetEntry } from "../../targets/index.ts";
import { alignedTable } from "./aligned-table.ts";
import { explainPrecision } from "./explain-precision.ts";
import { explainTraining } from "./explain-training.ts";
import { formatBytes } from "./format-bytes.ts";

const headings = ["Layer", "", "Multiply-adds", "Strategy", "Code", "Weights", "Why"];
/** Columns of numbers, aligned to the right. */
const numeric = new Set([2, 4, 5]);

/** The table of `--explain`: for each layer its work, how it is computed, what that costs in bytes, and why. */
export function formatReports(reports: readonly ModelReport[]): string {
  return reports
    .map((report) => {
      const rounded = roundedPrecisions.flatMap((precision) => {
        const part = report[precision];
        return part === undefined ? [] : explainPrecision(precision, part);
      });
      const trainer = report.training === undefined ? [] : explainTraining(report.training);
      const lines = [...rounded, ...trainer].map((line) => `  ${line}\n`);
      return `${heading(report)}\n${table(report.layers)}${lines.join("")}`;
    })
    .join("\n");
}

/** `Digits: TypeScript; WebAssembly is expected to be 8 times as fast` */
function heading(report: ModelReport): string {
  const { target, reason } = report.target;
  const bytes = report[`${target}Bytes`];
  const code = bytes === undefined ? "" : `, ${formatBytes(bytes)} before compression`;
  return `${visibleText(report.model)}: ${targetEntry(target).title}${code}; ${reason}`;
}

function table(layers: readonly LayerReport[]): string {
  const totals = layers.reduce(
    (sum, layer) => ({ code: sum.code + layer.codeBytes, weights: sum.weights + layer.weightBytes }),
    { code: 0, weights: 0 },
  );
  const rows = [
    headings,
    ...layers.map((layer) => [
      layer.layer,
      layer.description,
      groupedSize(layer.multiplyAdds),
      layer.strategy,
      formatBytes(layer.codeBytes),
      formatBytes(layer.weightBytes),
      layer.reason,
    ]),
    ["total", "", totalMultiplyAdds(layers), "", formatBytes(totals.code), formatBytes(totals.weights), ""],
  ];
  return alignedTable(rows, numeric);
}

/** `25,600`, `16*time`: run-time dims stay by name. */
function groupedSize(size: Size): string {
  return [formatCount(size.factor), ...size.dims].join("*");
}

/** Sums what depends on the same dims; `1,024 + 16*time`. */
function totalMultiplyAdds(layers: readonly LayerReport[]): string {
  const terms = sumSizes(layers.map(({ multiplyAdds }) => multiplyAdds));
  return terms.length === 0 ? "0" : terms.map(groupedSize).join(" + ");
}
