import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { BuildRun } from "../build/build-inputs.ts";
import { counted } from "../../diagnostics/counted.ts";
import { formatBytes } from "../report/format-bytes.ts";

/** `12:03:44 digits.layers -> digits.ts  14.2 kB  35 ms`, or why nothing was written. */
export function rebuildLine(file: string, run: BuildRun, milliseconds: number): string {
  return `${timeOfDay()} ${visibleText(file)}${whatHappened(run)}  ${Math.round(milliseconds)} ms\n`;
}

/** A model file is gone; what was made from it is not layerc's to delete. */
export function removedLine(file: string, outputs: readonly string[]): string {
  const left = outputs.length === 0 ? "" : `: ${outputs.map(visibleText).join(", ")} ${stay(outputs.length)}`;
  return `${timeOfDay()} ${visibleText(file)} is gone${left}\n`;
}

export function watchingLine(inputs: number): string {
  return `${timeOfDay()} watching ${counted(inputs, "model file")}, Ctrl-C ends\n`;
}

function stay(count: number): string {
  return count === 1 ? "stays" : "stay";
}

function whatHappened({ problems, diagnostics, outputs }: BuildRun): string {
  const errors = [...problems, ...diagnostics].filter(isError).length;
  if (errors > 0) return ` is not built, ${counted(errors, "error")}: outputs stay as they were`;
  if (outputs.length === 0) return " has no models: nothing to write";
  const bytes = outputs.reduce((sum, { content }) => sum + content.length, 0);
  const note = outputs.every(({ state }) => state === "current") ? " (unchanged)" : "";
  return ` -> ${outputs.map((output) => visibleText(output.path)).join(", ")}  ${formatBytes(bytes)}${note}`;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** `12:03:44`, where the user is. */
function timeOfDay(): string {
  const now = new Date();
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}
