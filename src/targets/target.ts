import type { EngineName } from "../passes/engines.ts";
import type { LoopOptions, PlanOptions, Plans } from "../passes/plan.ts";
import type { EmitOptions, EmittedModule } from "./emitted-module.ts";
import type { LoweredModel } from "./lowered-model.ts";
import type { ModelUnit } from "./model-unit.ts";

/** What is known of a target before its code is loaded: enough for command lines, configs and reports. */
export interface TargetEntry {
  /** As `--target` takes it. */
  readonly name: string;
  /** In sentences: `TypeScript`. */
  readonly title: string;
  /** Whether `auto` takes it where it is expected to be faster; its time has to be known then. */
  readonly auto: boolean;
  /** Which runtimes run it slower than others, for messages: `without relaxed SIMD, as in Node 20`. */
  readonly leastRuntime?: string;
  /** Locals of its code, which nothing in a module may be called. */
  readonly reservedNames: readonly string[];
  /** The endings of the files that it writes for a source, without sidecars. */
  endings(emit: EmitOptions["emit"]): readonly string[];
  load(): Promise<Target>;
}

/** How models become code: what the compiler asks of a target, in the order in which it asks. */
export interface Target {
  /** Whether `--unroll` changes anything of its code. */
  readonly unrolls: boolean;
  /** What keeps a model off this target, or off it in an engine; absent for most. It is compiled to the first target of the list then. */
  unsupportedReason(model: LoweredModel, engine?: EngineName): UnsupportedReason | undefined;
  /** How long one sample is expected to take, with the best plan. */
  readonly estimate?: (model: LoweredModel) => ExpectedTime;
  /** How the loops of a model are generated: unrolled or not, on weights in which order. */
  plan(model: LoweredModel, options: LoopOptions): LoopPlan;
  /**
   * Adds to the loops of a model what only this target makes of it. It starts at the first call, or where it `waits`, after so many
   * samples, which the loops compute.
   */
  readonly addBackend?: (unit: ModelUnit, model: LoweredModel, waits?: number) => Promise<ModelUnit>;
  /** Prints models of one file as one module. Models of targets with the same `emit` share it. */
  readonly emit: (units: readonly ModelUnit[], options: EmitOptions) => Promise<EmittedModule>;
}

/** Nanoseconds on one class of machines: test/bench/README.md says on which, and how far off they are. */
export interface ExpectedTime {
  /** In a runtime that has every instruction that the code can use. */
  readonly best: number;
  /** In one that has the fewest that the target runs on: `TargetEntry.leastRuntime`. */
  readonly least: number;
}

/** The plan of each operation, and how the loops are optimised under it. */
export interface LoopPlan {
  readonly plans: Plans;
  readonly options: PlanOptions;
}

/** Why a target can't run a model. */
export interface UnsupportedReason {
  /** Half a sentence: `WebAssembly can't hold its weights and values, which take more than 4 GB`. */
  readonly message: string;
  /** The path of the layer that it lies at, where it is one. */
  readonly layer?: readonly string[];
}
