import type { Built } from "../model/built.ts";

/** What a tab says of a file without a model: `otherwise`, unless there is no text at all. */
export function noModel({ source }: Built, otherwise: string): string {
  return source.text.trim() === ""
    ? "Write a model, or choose an example."
    : otherwise;
}
