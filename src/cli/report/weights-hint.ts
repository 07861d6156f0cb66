import { counted } from "../../diagnostics/counted.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Output } from "../../node/plan-files.ts";
import { formatBytes } from "./format-bytes.ts";

/** From here on a module is large for a source file: editors, type checkers and bundlers read all of it. */
const largeModule = 1_000_000;

/**
 * One line for a build that was not told where weights go, where they make a module large; else nothing. The outputs are
 * those of files whose weights are inside.
 */
export function weightsHint(outputs: readonly Output[]): string {
  const large = outputs.filter(({ content }) => content.length > largeModule);
  const [first, ...others] = large.toSorted((a, b) => b.content.length - a.content.length);
  if (first === undefined) return "";
  const module = `${visibleText(first.path)} (${formatBytes(first.content.length)})`;
  const where =
    others.length === 0
      ? "into a .safetensors file beside it"
      : `and ${counted(others.length, "more module")} into .safetensors files beside them`;
  return `--weights file would put the weights of ${module} ${where}\n`;
}
