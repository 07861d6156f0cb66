import { fileURLToPath } from "node:url";

const installed = (folder: string): string =>
  fileURLToPath(new URL(`../${folder}/node_modules/typescript`, import.meta.url));

/** TypeScript as people have it: the folder of the package. */
export const compilers: readonly (readonly [name: string, folder: string])[] = [
  ["TypeScript 5.9", installed("bundlers")],
  ["TypeScript 7", installed("fresh")],
];
