import type { LayerReport, ModelReport } from "../../stages/report.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Size } from "../../ir/size.ts";
import { alignedTable } from "./aligned-table.ts";
import { explainPrecision } from "./explain-precision.ts";
import { formatBytes } from "./format-bytes.ts";

const headings = ["Layer", "", "Multiply-adds", "Strategy", "Code", "Weights", "Why"];
/** Columns of numbers, aligned to the right. */
const numeric = new Set([2, 4, 5]);

/** The table of `--explain`: for each layer its work, how it is computed, what that costs in bytes, and why. */
export function formatReports(reports: readonly ModelReport[]): string {
  return reports
    .map((report) => {
      const { layers, bfloat16 } = report;
      const precision = bfloat16 === undefined ? [] : explainPrecision(bfloat16);
      return `${heading(report)}\n${table(layers)}${precision.map((line) => `  ${line}\n`).join("")}`;
    })
    .join("\n");
}

/** `Digits: TypeScript; WebAssembly is expected to be 8 times as fast` */
function heading({ model, target, wasmBytes }: ModelReport): string {
  const code = wasmBytes === undefined ? "TypeScript" : `WebAssembly, ${formatBytes(wasmBytes)} before compression`;
  return `${visibleText(model)}: ${code}; ${target.reason}`;
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
      formatCount(layer.multiplyAdds),
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
function formatCount(size: Size): string {
  return [size.factor.toLocaleString("en-US"), ...size.dims].join("*");
}

/** Sums what depends on the same dims; `1,024 + 16*time`. */
function totalMultiplyAdds(layers: readonly LayerReport[]): string {
  const sums = new Map<string, Size>();
  for (const { multiplyAdds } of layers) {
    const key = multiplyAdds.dims.join("*");
    sums.set(key, { factor: (sums.get(key)?.factor ?? 0) + multiplyAdds.factor, dims: multiplyAdds.dims });
  }
  const terms = [...sums.values()].filter((size) => size.factor !== 0);
  return terms.length === 0 ? "0" : terms.map(formatCount).join(" + ");
}
