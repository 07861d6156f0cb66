import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fail, failureOf, type ReadFailure } from "../files/read-failure.ts";
import type { CasesFile } from "./cases.ts";
import { maxCasesBytes } from "./limits.ts";
import { readJsonCases } from "./read-json-cases.ts";

export const casesDamaged = defineDiagnostic(
  "cases-damaged",
  "error",
  "A cases file is not what its format asks for.",
  (at: { path: string; reason: string }) => ({
    message: `The cases file '${at.path}' is wrong: ${at.reason}`,
    help: 'it is JSON such as { "inputs": [[0, 1]], "outputs": [[0.5]] }, or an .npz archive with the arrays inputs and outputs',
  }),
  () => ({
    meaning:
      "A cases file holds samples and the values that are expected for them, as JSON or .npz. This one is not valid, or lacks one of them.",
    example: {
      kind: "situation",
      text: 'cases.json is { "inputs": [[0, 1]] }.',
      arguments: { path: "cases.json", reason: "outputs is missing, expected lists of numbers" },
      mended: 'cases.json is { "inputs": [[0, 1]], "outputs": [[0.5]] }.',
    },
  }),
);

export const casesUnsupported = defineDiagnostic(
  "cases-unsupported",
  "error",
  "A cases file is of a kind that can't be read.",
  (at: { path: string; reason: string }) => ({
    message: `The cases file '${at.path}' is not supported: ${at.reason}`,
  }),
  () => ({
    meaning: "Cases are read from JSON files and from .npz archives of numpy. Another format is converted first.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers --against cases.zip",
      arguments: { path: "cases.zip", reason: "it is a zip archive, but not one of numpy's arrays (.npz)" },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);

export const casesTooLarge = defineDiagnostic(
  "cases-too-large",
  "error",
  "A cases file is beyond a limit of size, number or depth.",
  (at: { path: string; reason: string }) => ({
    message: `The cases file '${at.path}' is too large: ${at.reason}`,
    help: "fewer samples prove as much",
  }),
  () => ({
    meaning:
      "Cases files have limits of size, number and depth. A few dozen samples show whether a model computes what it should.",
    example: {
      kind: "situation",
      text: "cases.json has all samples that the model was trained with, 600 megabytes.",
      arguments: { path: "cases.json", reason: "it has more than 67108864 bytes" },
      mended: "cases.json has the first 32 of them.",
    },
  }),
);

const definitions: Readonly<Record<ReadFailure["kind"], typeof casesDamaged>> = {
  damaged: casesDamaged,
  incomplete: casesDamaged,
  unsupported: casesUnsupported,
  "too-large": casesTooLarge,
};

/** A file of samples and expected values; `path` is for messages. */
export interface CasesSource {
  readonly path: string;
  readonly content: Uint8Array;
}

export type ReadCasesResult =
  { readonly kind: "read"; readonly file: CasesFile } | { readonly kind: "failed"; readonly diagnostic: Diagnostic };

/** Reads a cases file, JSON or `.npz`; the first bytes decide. Any content gives a result: no bytes make it throw. */
export async function readCases({ path, content }: CasesSource): Promise<ReadCasesResult> {
  const failed = ({ kind, message }: ReadFailure): ReadCasesResult => ({
    kind: "failed",
    diagnostic: definitions[kind](undefined, { path, reason: message }),
  });
  try {
    if (content.length > maxCasesBytes) fail("too-large", `it has more than ${maxCasesBytes} bytes`);
    if (content.length === 0) fail("damaged", "it is empty");
    if (content[0] !== 0x50 || content[1] !== 0x4b) return { kind: "read", file: readJsonCases(content) };
    const { readNpzCases } = await import("./read-npz-cases.ts");
    return { kind: "read", file: await readNpzCases(content) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure !== undefined) return failed(failure);
    // An allocation that the machine refuses, or lists nested deeper than the stack.
    if (error instanceof RangeError) return failed({ kind: "too-large", message: "it needs too much memory" });
    throw error;
  }
}
