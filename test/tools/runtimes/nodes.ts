import { hasPrograms, programs } from "./programs.ts";

const installed = hasPrograms
  ? ([
      ["Node 20", programs.node20],
      ["Node 22", programs.node22],
      ["Node 24", programs.node24],
    ] as const)
  : [];

const own = `Node ${Number.parseInt(process.versions.node)}`;

/** The Nodes that layerc supports, as far as they run here, and the one that runs the tests where it is none of them. */
export const nodes: readonly (readonly [name: string, program: string])[] = [
  ...(installed.some(([name]) => name === own) ? [] : [[own, process.execPath] as const]),
  ...installed,
];
