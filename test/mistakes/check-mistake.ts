import { check } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { applyFixes } from "../../src/diagnostics/apply-fixes.ts";
import { host } from "./mistake-host.ts";

/** A source as it was written, or as all fixes of the round before have left it, with what is said of it. */
export interface Round {
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: number;
  /** How many errors each fix leaves that is applied by itself. */
  readonly leftByOne: readonly number[];
}

/** The path of the mistaken file in its diagnostics. */
export const mistakenPath = "model.layers";

const mostRounds = 8;

/** Checks a source, applies all fixes, checks what they make of it, and so on, until there is none to apply. */
export async function checkMistake(source: string): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let text: string | undefined = source; text !== undefined;) {
    if (rounds.length > mostRounds) throw new Error(`there are fixes after ${mostRounds} rounds:\n${text}`);
    const diagnostics = await diagnose(text);
    const fixable = diagnostics.filter(({ fix }) => fix !== undefined);
    const leftByOne: number[] = [];
    // A single fix is the next round.
    for (const diagnostic of fixable.length < 2 ? [] : fixable) {
      leftByOne.push(countErrors(await diagnose(applyFixes(mistakenPath, text, [diagnostic])?.text ?? text)));
    }
    rounds.push({ source: text, diagnostics, errors: countErrors(diagnostics), leftByOne });
    text = applyFixes(mistakenPath, text, fixable)?.text;
  }
  return rounds;
}

async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  return (await check({ path: mistakenPath, text }, { host })).diagnostics;
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === "error").length;
}
