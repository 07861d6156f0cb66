import type { SignatureParameter } from "./call-signature.ts";
import { codeBlock, escapeMarkdown, paragraphs } from "./markdown.ts";

/** What an argument is, takes and means. */
export function describeParameter({ name, preset, expected, doc, trainingOnly }: SignatureParameter): string {
  return paragraphs(
    codeBlock(`(argument) ${preset === undefined ? name : `${name}=${preset}`}`),
    doc,
    expected === undefined ? undefined : `Takes ${escapeMarkdown(expected)}.`,
    trainingOnly ? "It acts in training only: the compiled function is the same whatever it is." : undefined,
  );
}
