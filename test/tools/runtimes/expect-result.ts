import { expect } from "vitest";
import type { Built } from "./build.ts";
import type { Backend, ModelResult, RuntimeResult } from "./case.ts";
import { differencesOf } from "./differences.ts";
import type { Engine } from "./engines.ts";
import type { Force } from "./force.ts";
import { statedDifferences, wrongStatements } from "./stated-differences.ts";
import { pathLeft, possibleBackends, variants, variantsFor } from "./variants.ts";

/** Where a result comes from: an engine, the best path that it permits, and what was taken from it. */
interface Run {
  readonly engine: Engine;
  readonly best: Backend;
  readonly force: Force;
}

/**
 * Fails unless every model gave the expected values, on the path that was left, and the same bits as in Node 24 on this path;
 * where the page about engines states otherwise, other ones.
 */
export function expectResult(built: Built, result: RuntimeResult, { engine, best, force }: Run): void {
  const permitted = pathLeft(best, force);
  const wanted = built.expected.filter(({ variant }) => variantsFor(force).some(({ name }) => name === variant));
  const title = ({ variant, example, model }: ModelResult): string => `${variant}, ${example}, ${model}`;
  expect(result.permitted).toBe(permitted);
  expect(
    result.models.filter(({ failures }) => failures.length > 0).map((model) => [title(model), model.failures]),
  ).toEqual([]);
  expect(result.models.map((model) => [title(model), model.compared])).toEqual(
    wanted.map(({ variant, example, model, values }) => [`${variant}, ${example}, ${model}`, values]),
  );
  result.models.forEach((model, at) => {
    const variant = variants.find(({ name }) => name === wanted[at]?.variant);
    if (variant === undefined) return;
    expect(possibleBackends(variant, permitted), title(model)).toContain(model.backend);
  });
  for (const { example, model, refusals } of result.models) {
    const first = result.models.find((other) => other.example === example && other.model === model);
    // Whichever way it computes, it says the same about wrong arguments.
    expect(refusals).toEqual(first?.refusals);
    expect(refusals).not.toContain("nothing");
  }
  if (built.ofNode24 === undefined) return;
  const found = differencesOf(result.models, built.ofNode24);
  const ran = new Set(result.models.map(({ backend, model }) => `${backend ?? "typescript"}, ${model}`));
  expect(wrongStatements(statedDifferences.get(engine) ?? {}, found, ran), `in ${engine}`).toEqual([]);
}
