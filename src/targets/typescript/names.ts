import type { Kernel } from "../../ir/loops.ts";
import { identifier, type Identifier } from "./code.ts";
import { reservedWords } from "./reserved-words.ts";

/** Hands out names that are unique in one module. */
export interface Names {
  /** The name itself, which must still be free: exports, and the support functions that all modules share. */
  claim(name: string): Identifier;
  /** A free name made from any text: `dense`, `dense_2`, `_3d`. */
  fresh(text: string): Identifier;
}

/** Every name of one model's code, chosen once so that all parts agree. */
export interface UnitNames {
  /** `Digits`, `DigitsInput`, `DigitsOutput`, `DigitsDims`, `DigitsWeights`, `digits`, `digitsInfo`, ... */
  readonly type: Identifier;
  readonly input: Identifier;
  readonly output: Identifier;
  readonly dims: Identifier;
  readonly weights: Identifier;
  /** The weights of a trainer, where they are arrays of another type. */
  readonly trained?: Identifier;
  readonly instance: Identifier;
  readonly info: Identifier;
  readonly create: Identifier;
  readonly read: Identifier;
  /** Of a model with labels. */
  readonly labels?: LabelNames;
  /** Makes the arrays that kernels read. */
  readonly arrays: Identifier;
  readonly kernels: ReadonlyMap<Kernel, Identifier>;
  /** By `arrayKey`. */
  readonly arrayNames: ReadonlyMap<string, Identifier>;
  /** Run-time dims as parameters. */
  readonly dimNames: ReadonlyMap<string, Identifier>;
}

/** `digitsLabels`, `DigitsLabel`, `DigitsClass`, `classifyDigits` */
export interface LabelNames {
  readonly list: Identifier;
  readonly label: Identifier;
  readonly ranked: Identifier;
  readonly classify: Identifier;
}

/** Names for a module; `reserved` are taken beside the words that no generated name may be. */
export function createNames(reserved: Iterable<string> = []): Names {
  const taken = new Set<string>([...reservedWords, ...reserved]);
  const take = (name: string): Identifier => {
    taken.add(name);
    return identifier(name);
  };
  return {
    claim: take,
    fresh(text) {
      const base = identifierText(text);
      let name = base;
      for (let next = 2; taken.has(name); next++) name = `${base}_${next}`;
      return take(name);
    },
  };
}

/** Text with everything that an identifier can't hold replaced by `_`. */
function identifierText(text: string): string {
  const replaced = text.replace(/[^A-Za-z0-9_$]/g, "_");
  return /^[A-Za-z_$]/.test(replaced) ? replaced : `_${replaced}`;
}
