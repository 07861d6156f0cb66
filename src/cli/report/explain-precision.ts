import { visibleText } from "../../diagnostics/visible-text.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import type { RoundedPrecision } from "../../ir/storage-types.ts";
import type { PrecisionReport } from "../../report/precision-report.ts";
import { formatError } from "../../verify/format-error.ts";
import { counted } from "../../diagnostics/counted.ts";

/** What `--explain` says of rounded weights: how many are rounded, and what that costs. A line each, without indent. */
export function explainPrecision(
  precision: RoundedPrecision,
  { rounded, parameters, error }: PrecisionReport,
): readonly string[] {
  if (rounded === 0) return [`${precision}: no weights are rounded, for there are no Dense layers`];
  const share = `${formatCount(rounded)} of ${counted(parameters, "weight")}`;
  if (error === undefined) return [`${precision}: ${share} are rounded; what that costs is not known without weights`];
  if (error.kind === "refused") {
    const reason = visibleText(error.reason);
    return [
      `${precision}: ${share} are rounded; what that costs is not known, for random inputs are refused (${reason})`,
    ];
  }
  const { samples, inputs, relativeRms, maxError, classes } = error;
  const where =
    inputs === "random" ? counted(samples, "random sample") : `${counted(samples, "sample")} of the self-test`;
  const lines = [
    `${precision}: ${share} are rounded; on ${where}, outputs are off by ${formatError(relativeRms)} (relative RMS), by ${formatError(maxError)} at most`,
  ];
  if (classes === undefined) return lines;
  const { changed, of } = classes;
  return [...lines, `another class is the most likely one in ${formatCount(changed)} of ${formatCount(of)}`];
}
