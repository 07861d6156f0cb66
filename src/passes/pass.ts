/** A pass: from a program to one that computes the same. */
export interface Pass<Program, Context> {
  readonly name: string;
  /** One line: what it does. */
  readonly description: string;
  readonly run: (program: Program, context: Context) => Program;
}

export interface PassOptions<Program> {
  /** Checks a program and throws. With it, every pass is checked, and an error names the one that broke something. */
  readonly verify?: ((program: Program) => void) | undefined;
  /** The name of the last pass that runs. Default: all of them do. */
  readonly until?: string | undefined;
}

/** Runs passes one after the other. */
export function runPasses<Program, Context>(
  passes: readonly Pass<Program, Context>[],
  program: Program,
  context: Context,
  { verify, until }: PassOptions<Program> = {},
): Program {
  verifyAt(program, verify, "before the first pass");
  const last = until === undefined ? passes.length : passes.findIndex(({ name }) => name === until) + 1;
  return passes.slice(0, last).reduce((before, { name, run }) => {
    const after = run(before, context);
    verifyAt(after, verify, `after the pass '${name}'`);
    return after;
  }, program);
}

function verifyAt<Program>(program: Program, verify: ((program: Program) => void) | undefined, when: string): void {
  try {
    verify?.(program);
  } catch (error) {
    throw new Error(`${when}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
