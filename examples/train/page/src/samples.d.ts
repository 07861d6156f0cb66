/** What `samples()` of vite.config.ts makes of a CSV file. */
declare module "*.csv?every=1" {
  /** Grey levels 0..16, [n, 64]. */
  export const inputs: Uint8Array;
  /** Digits, [n]. */
  export const targets: Uint8Array;
}

declare module "*.csv?every=7" {
  export { inputs, targets } from "*.csv?every=1";
}
