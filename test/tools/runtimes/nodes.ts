import { hasPrograms, programs } from "./programs.ts";

/** The Nodes that layerc supports, as far as they run here. */
export const nodes: readonly (readonly [name: string, program: string])[] = [
  ["this Node", process.execPath],
  ...(hasPrograms
    ? ([
        ["Node 20", programs.node20],
        ["Node 22", programs.node22],
        ["Node 24", programs.node24],
      ] as const)
    : []),
];
