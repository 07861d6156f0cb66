/** A part of a drawing; src/diagram/README.md has its attributes. */
interface Part {
  readonly dataset: Readonly<Record<string, string | undefined>>;
}

/**
 * The smallest part of a drawing whose statement, or whose call of a block, holds an offset of the source. The playground marks by it
 * as well.
 */
export function innermost<Drawn extends Part>(parts: readonly Drawn[], offset: number): Drawn | undefined {
  let found: { readonly part: Drawn; readonly length: number } | undefined;
  for (const part of parts) {
    const { start, end, useStart, useEnd } = part.dataset;
    for (const [from, to] of [
      [start, end],
      [useStart, useEnd],
    ]) {
      if (from === undefined || to === undefined || offset < Number(from) || offset > Number(to)) continue;
      const length = Number(to) - Number(from);
      // Parts stand behind those that they are in.
      if (found === undefined || length <= found.length) found = { part, length };
    }
  }
  return found?.part;
}
