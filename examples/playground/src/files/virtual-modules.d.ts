/** What `vite/examples.ts` makes of the folder `examples/`. */
declare module "virtual:examples" {
  const examples: readonly {
    readonly name: string;
    readonly text: string;
    /** A safetensors file in base64. */
    readonly weights?: () => Promise<{ readonly default: string }>;
    /** Samples that were held back from the training. */
    readonly samples?: () => Promise<{
      readonly default: {
        readonly features: readonly string[];
        readonly x: readonly (readonly number[])[];
      };
    }>;
  }[];
  export default examples;
}
