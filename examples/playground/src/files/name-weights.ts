/** How a weight file comes into a model file: where a clause is put in, unless there is one. */
export interface NamedWeights {
  readonly at?: number;
  readonly clause: string;
  readonly message: string;
}

/** A file of arrays is no model: it is named in a weights clause of one, which then says whether it fits. */
export function nameWeights(text: string, file: string): NamedWeights {
  const clause = `\n  weights "./${file}"`;
  const named = text.includes(`"./${file}"`) || text.includes(`"${file}"`);
  if (named) return { clause, message: "is what a weights clause names." };
  const models = [...text.matchAll(/\bmodel\s+(\w+)\s*\{/g)];
  const bare = models.find(({ index, 0: head }) => {
    const body = text.slice(index + head.length).split(/\bmodel\s+\w+\s*\{/)[0];
    return !/^\s*weights\b/m.test(body!);
  });
  if (bare === undefined)
    return {
      clause,
      message:
        "holds arrays and no model: name it in a weights clause of a model.",
    };
  return {
    at: bare.index + bare[0].length,
    clause,
    message: `holds arrays: it is named as the weights of ${bare[1]}.`,
  };
}
