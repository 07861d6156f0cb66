/** A place in a document, as the protocol has it. */
interface Place {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

/** For each line of a module the place that it comes from. */
export type LineLinks = readonly (Place | null)[];

/**
 * The lines of a module that belong to a line of a source: those that come from the smallest places which hold it. So a line in
 * a layer leads to the code of that layer, and the head of a model to what the module says of the model.
 */
export function generatedLines(links: LineLinks, uri: string, line: number): readonly number[] {
  const holding = links.flatMap((link, at) =>
    link !== null && link.uri === uri && link.range.start.line <= line && line <= link.range.end.line
      ? [{ at, height: link.range.end.line - link.range.start.line }]
      : [],
  );
  const least = Math.min(...holding.map(({ height }) => height));
  return holding.filter(({ height }) => height === least).map(({ at }) => at);
}

/** The place that a line of a module comes from, and all lines that come from there. */
export function sourcePlace(
  links: LineLinks,
  line: number,
): { readonly place: Place; readonly lines: readonly number[] } | undefined {
  const place = links[line] ?? undefined;
  if (place === undefined) return undefined;
  const key = JSON.stringify(place);
  return { place, lines: links.flatMap((link, at) => (link !== null && JSON.stringify(link) === key ? [at] : [])) };
}
