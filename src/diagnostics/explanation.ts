import type { Diagnostic } from "./diagnostic.ts";

/** What `layerc explain` says of a diagnostic, as its definition is written. */
export interface Explanation<Arguments> {
  /** What it means, why it is so and what to do: one to three sentences. */
  readonly meaning: string;
  readonly example: SourceExample | (SituationExample & { readonly arguments: Arguments });
}

/** The same with the arguments made a diagnostic. */
export interface StatedExplanation {
  readonly meaning: string;
  readonly example: SourceExample | (SituationExample & { readonly diagnostic: Diagnostic });
}

/** A model file that has the diagnostic: the compiler itself says what it says there. */
export interface SourceExample {
  readonly kind: "source";
  /** The text of `model.layers`. */
  readonly source: string;
  /** The files beside it that it imports or binds, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** The source without the fault. Left out where the diagnostic's fix makes it. */
  readonly mended?: string;
}

/** What no model file alone can cause; the diagnostic is made from arguments such as this case would give. */
export interface SituationExample {
  /** A command line, a config, or files described in words. */
  readonly kind: "command" | "config" | "situation";
  readonly text: string;
  /** The same without the fault; left out where that is not one thing to do. */
  readonly mended?: string;
}
