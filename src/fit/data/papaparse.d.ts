/**
 * What `csv-pieces.ts` uses of Papa Parse. Its published types need Node's, and this folder is compiled for browsers, too.
 */
declare module "papaparse" {
  interface ParseConfig {
    readonly delimiter?: string;
    readonly newline?: "\n";
    /** Rows after which parsing ends. */
    readonly preview?: number;
  }

  interface ParseResult {
    readonly data: readonly (readonly string[])[];
    /** `row` counts from 0, `index` is an offset in the text. */
    readonly errors: readonly { readonly type: string; readonly row?: number; readonly index?: number }[];
    readonly meta: { readonly delimiter: string };
  }

  const papa: { parse(text: string, config: ParseConfig): ParseResult };
  export default papa;
}
