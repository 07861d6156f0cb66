import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { gelu } from "./gelu.ts";
import { log } from "./log.ts";
import { log1p } from "./log1p.ts";
import { tanh } from "./tanh.ts";
import type { MathFunction } from "./vector-function.ts";

/** Every vector function. Adding one: its file and its line here. */
export const vectorFunctions: readonly MathFunction[] = [exp, expm1, log, log1p, tanh, gelu];
