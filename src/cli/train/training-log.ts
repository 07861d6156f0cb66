import { isObject, ownValue } from "../../files/json.ts";
import { parseAnyJson } from "../../json/parse-any-json.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { jsonResults } from "./json-results.ts";

/** A line of the log: an epoch, what it gave, and how long it took. */
export function logLine(epoch: number, results: Results, seconds: number): string {
  return `${JSON.stringify({ epoch, ...jsonResults(results), seconds: Math.round(seconds * 1000) / 1000 })}\n`;
}

/** Whether a file is empty or begins with a line of a log. */
export function isTrainingLog(content: Uint8Array): boolean {
  return (
    content.length === 0 ||
    epochOf(new TextDecoder().decode(content.subarray(0, 4096)).split("\n", 1)[0] as string) !== undefined
  );
}

/** A log without the epochs behind `epoch`, which a run that goes on from there writes anew. */
export function logUntil(content: Uint8Array, epoch: number): string {
  const lines = new TextDecoder().decode(content).split("\n");
  return lines
    .filter((line) => (epochOf(line) ?? epoch + 1) <= epoch)
    .map((line) => `${line}\n`)
    .join("");
}

function epochOf(line: string): number | undefined {
  const value = parseAnyJson(line);
  if (!isObject(value)) return undefined;
  const epoch = ownValue(value, "epoch");
  // All that a line has whatever the metrics: others' files of epochs are not replaced.
  const isOwn = typeof ownValue(value, "seconds") === "number" && ownValue(value, "loss") !== undefined;
  return isOwn && typeof epoch === "number" ? epoch : undefined;
}
