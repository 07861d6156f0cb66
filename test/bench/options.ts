/** What was asked for on the command line. */
export interface Options {
  readonly help: boolean;
  /** Parts by name; all when empty. */
  readonly parts: readonly string[];
  /** `--only T,S`: workloads by name. */
  readonly only: readonly string[] | undefined;
  /** `--peers c,naive`: contenders by name. */
  readonly peers: readonly string[] | undefined;
}

/** Reads `[part ...] [--only names] [--peers names] [--help]`. Throws for any other option. */
export function parseOptions(argv: readonly string[]): Options {
  let help = false;
  const parts: string[] = [];
  const lists = new Map<string, readonly string[]>();
  for (let at = 0; at < argv.length; at++) {
    const [argument = "", inline] = (argv[at] as string).split("=");
    if (!argument.startsWith("--")) {
      parts.push(argument);
    } else if (argument === "--help") {
      help = true;
    } else if (argument === "--only" || argument === "--peers") {
      const value = inline ?? argv[++at];
      if (value === undefined) throw new Error(`${argument} needs names, separated by commas`);
      lists.set(argument, value.split(","));
    } else {
      throw new Error(`unknown option ${argument}; there are --only and --peers`);
    }
  }
  return { help, parts, only: lists.get("--only"), peers: lists.get("--peers") };
}
