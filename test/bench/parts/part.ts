import type { Options } from "../options.ts";

/** One of the benchmarks: what it finds is JSON, kept in `results.json`. */
export interface Part<Data> {
  readonly name: string;
  /** What it measures, for `--help` and the heading of its tables. */
  readonly title: string;
  /** Measures; says on stderr what it is doing. */
  run(options: Options): Promise<Data>;
  /** What was found as Markdown, for stdout and README.md. */
  markdown(data: Data): string;
}
