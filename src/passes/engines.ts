/** Engines by what decides how code for them looks: whose compiler they have, or none. The default first. */
export const engineNames = ["any", "v8", "jsc", "spidermonkey", "interpreter"] as const;

export type EngineName = (typeof engineNames)[number];

export const defaultEngine: EngineName = engineNames[0];

/** Where straight-line code stops to pay in an engine; `passes/README.md` has the measurements. */
export interface EngineBudget {
  /** As messages call it; undefined for all together. */
  readonly title: string | undefined;
  /** Straight-line code with literal weights, for a row of a dense layer, in multiply-adds. */
  readonly literalMultiplyAdds: number;
  /** The same for all layers of a model. */
  readonly modelLiteralMultiplyAdds: number;
  /** Straight-line code that reads its weights from arrays. */
  readonly arrayMultiplyAdds: number;
  /** The same for all layers of a model. */
  readonly modelArrayMultiplyAdds: number;
  /**
   * Layers that are straight-line in a model whose other layers are not. Larger ones gain less than a tenth of the model's
   * time there, and cost it several times as much in its first calls.
   */
  readonly smallMultiplyAdds: number;
  /** Elements of an elementwise function or a softmax that are spelt out. */
  readonly elements: number;
  /** How many inputs sums take at a time; all where it is undefined. */
  readonly inputsAtOnce: number | undefined;
  /** From where on a function is not optimised; undefined where nothing is. */
  readonly cliff: Cliff | undefined;
}

/** The multiply-adds of a function above which an engine's compiler gives up on it. */
export interface Cliff {
  /** As messages call the engine that does. */
  readonly engine: string;
  readonly literals: number;
  readonly arrays: number;
  /** How many times as long as tiled loops a function takes beyond it: `2 to 5`. */
  readonly slower: string;
}

const v8: EngineBudget = {
  title: "V8",
  literalMultiplyAdds: 1_024,
  modelLiteralMultiplyAdds: 2_048,
  arrayMultiplyAdds: 256,
  modelArrayMultiplyAdds: 512,
  smallMultiplyAdds: 128,
  elements: 32,
  inputsAtOnce: 8,
  cliff: { engine: "V8", literals: 2_304, arrays: 1_536, slower: "20 to 80" },
};

const jsc: EngineBudget = {
  ...v8,
  title: "JavaScriptCore",
  cliff: { engine: "JavaScriptCore", literals: 1_536, arrays: 1_024, slower: "2 to 80" },
};

const spidermonkey: EngineBudget = {
  ...v8,
  title: "SpiderMonkey",
  literalMultiplyAdds: 1_536,
  cliff: { engine: "SpiderMonkey", literals: 1_536, arrays: 1_024, slower: "20 to 30" },
};

/**
 * Hermes, QuickJS, XS: what they save by straight-line code are the instructions of loops, at every size; here it ends for the
 * size of the code. Reading weights from arrays, Hermes gains nothing that can be told from noise.
 */
const interpreter: EngineBudget = {
  title: "interpreters",
  literalMultiplyAdds: 65_536,
  modelLiteralMultiplyAdds: 65_536,
  arrayMultiplyAdds: 4_096,
  modelArrayMultiplyAdds: 4_096,
  smallMultiplyAdds: 4_096,
  elements: 1_024,
  inputsAtOnce: undefined,
  cliff: undefined,
};

/** By the name of the engine. `any` is what none of the compilers loses by; an interpreter gains by all straight-line code. */
export const engineBudgets: Readonly<Record<EngineName, EngineBudget>> = {
  any: { ...jsc, title: undefined },
  v8,
  jsc,
  spidermonkey,
  interpreter,
};
