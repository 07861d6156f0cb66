import fs from "node:fs";
import type { Backend } from "./case.ts";
import type { Differences } from "./differences.ts";
import { engines, type Engine } from "./engines.ts";
import { codeIn, rowsIn } from "../../importers/readme-tables.ts";

const page = fs.readFileSync(new URL("../../../src/targets/engines.md", import.meta.url), "utf8");
const section = page.split("\n## ").find((part) => part.startsWith("Other numbers than Node 24's\n")) ?? "";

/** By path and model: how far off at most, and whether it may be that in some versions alone. */
export type Statements = Readonly<Record<string, { readonly most: number; readonly isOptional: boolean }>>;

/** What `src/targets/engines.md` states: by engine, where it gives other numbers than Node 24, and how far off. */
export const statedDifferences: ReadonlyMap<Engine, Statements> = readTable(section);

/** The table of a text: engines, paths, models with the most ulps, why. Throws for what the tests don't run. */
export function readTable(text: string): ReadonlyMap<Engine, Statements> {
  const stated = new Map<Engine, Record<string, Statements[string]>>();
  for (const [engine = "", paths, models = "", why = ""] of rowsIn(text)) {
    if (!Object.hasOwn(engines, engine)) throw new Error(`no test runs modules in '${engine}'`);
    const known: readonly Backend[] = engines[engine as Engine];
    const ofModels = [...models.matchAll(/`(\w+)` (\d+)( or none)?/g)];
    if (ofModels.length === 0 || why === "") throw new Error(`the row of ${engine} names no models or no reason`);
    const all = stated.get(engine as Engine) ?? {};
    for (const path of codeIn(paths)) {
      if (!known.includes(path as Backend)) throw new Error(`no test has ${engine} take the path '${path}'`);
      for (const [, model, ulps, orNone] of ofModels)
        all[`${path}, ${model}`] = { most: Number(ulps), isOptional: orNone !== undefined };
    }
    stated.set(engine as Engine, all);
  }
  return stated;
}

/**
 * What is wrong with the statements about an engine, given what was found of the models that ran there: each as `path, model`.
 * A difference that is not stated, or that is larger; a statement that holds no longer.
 */
export function wrongStatements(stated: Statements, found: Differences, ran: ReadonlySet<string>): readonly string[] {
  return [...ran].flatMap((key) => {
    const [statement, ulps] = [stated[key], found[key]];
    if (ulps === undefined) {
      return statement?.isOptional === false ? [`${key}: stated, and the bits are those of Node 24`] : [];
    }
    if (statement === undefined) return [`${key}: ${ulps} ulp from Node 24, not stated`];
    return ulps > statement.most ? [`${key}: ${ulps} ulp from Node 24, stated ${statement.most}`] : [];
  });
}
