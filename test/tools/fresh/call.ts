import { expect } from "vitest";

/** How `layerc init` says that the model is called. */
export interface PrintedCall {
  /** `import { xor } from "./models/xor.js"` */
  readonly load: string;
  /** `xor.forward([0, 1])` */
  readonly call: string;
  /** `./models/xor.js` */
  readonly module: string;
}

/** Finds it in what `init` prints. */
export function printedCall(output: string): PrintedCall {
  const found = /^Call the model.* with: ((?:import|const) .*"(\.\/.*)"\)?); (xor\.forward\(.*\))$/m.exec(output);
  expect(found, output).not.toBe(null);
  const [, load = "", module = "", call = ""] = found ?? [];
  return { load, module, call };
}

/** A program that loads the model in a given way and prints what it makes of all its inputs. */
export function printAll(load: string): string {
  return `${load};
const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
console.log(inputs.map((input) => xor.forward(input)[0]).join(" "));
`;
}

/** What it prints: exclusive or. */
export const allPrinted = "0 1 1 0\n";
