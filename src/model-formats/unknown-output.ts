import { suggest } from "../diagnostics/suggest.ts";
import { fail } from "../files/read-failure.ts";
import { shorten } from "../files/shorten.ts";

/** How many names a message lists. */
const shown = 8;

/** Leaves with `fail` for an output that a model does not have, naming what it has. */
export function unknownOutput(output: string, names: readonly string[]): never {
  const near = suggest(output, names);
  const some = names.slice(-shown).map((name) => `'${shorten(name, 60)}'`);
  const list =
    names.length > shown ? `the last of its ${names.length} are ${some.join(", ")}` : `it has ${some.join(", ")}`;
  const found = near === undefined ? list : `did you mean '${shorten(near, 60)}'?`;
  return fail("unsupported", `it has no layer '${shorten(output, 60)}' to end with; ${found}`);
}
