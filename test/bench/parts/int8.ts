import { int8Contenders } from "../contenders.ts";
import { contestData, type ContestData } from "../contest-data.ts";
import { contest } from "../contest.ts";
import { formatTime, table, threeDigits } from "../table.ts";
import { workloads } from "../workloads.ts";
import type { Part } from "./part.ts";

const names = ["M", "L", "G", "XL", "M64", "L256"];

/** How many times as fast int8 is to be at least, by what it is compared with, in the order of `names`. */
const floors: readonly (readonly [other: string, floor: readonly (number | undefined)[]])[] = [
  ["layerc-wasm", [1.5, 2, 1.9, 2.5, 1.5, 1.6]],
  ["layerc-bf16", [undefined, undefined, undefined, 1.3]],
  ["onnxruntime-web-int8", [5, 2.5, 2, 1.5, 2, 2]],
  ["onnxruntime-node", [5, 3, 2, 2.5, 0.6, 0.5]],
];

/** int8 beside float32, and beside onnxruntime's dynamic quantisation of the same layers. */
export const int8Part: Part<readonly ContestData[]> = {
  name: "int8",
  title: "int8",
  async run({ only, peers }) {
    const entries = int8Contenders.filter(
      ({ name }) => peers === undefined || name === "layerc-int8" || peers.includes(name),
    );
    const found: ContestData[] = [];
    for (const workload of workloads) {
      if (!names.includes(workload.name) || (only !== undefined && !only.includes(workload.name))) continue;
      console.error(`int8 ${workload.name} ...`);
      found.push(contestData(await contest(workload, entries, rounds), entries));
    }
    return found;
  },
  markdown: (found) =>
    [
      "How many times as fast `--precision int8` is on WebAssembly, and in brackets how many times it is to be at least; bold where it is not:",
      table(
        ["", ...found.map(({ workload }) => workload)],
        floors.map(([other, wanted]) => [
          `against ${other}`,
          ...found.map(({ workload, timesAsFast }) =>
            floorCell(timesAsFast["layerc-int8"]?.[other], wanted[names.indexOf(workload)]),
          ),
        ]),
      ),
      "Time of a call, and relative RMS error against float64:",
      table(
        ["", ...found.map(({ workload }) => workload)],
        int8Contenders.map(({ name, title }) => [
          title,
          ...found.map(({ nanoseconds, errors }) => {
            const [time, error] = [nanoseconds[name], errors[name]];
            return time === undefined || error === undefined ? "–" : `${formatTime(time)}, ${error.toExponential(1)}`;
          }),
        ]),
      ),
    ].join("\n\n"),
};

const rounds = { warmUp: 500, rounds: 15, milliseconds: 30 };

function floorCell(found: number | undefined, floor: number | undefined): string {
  if (found === undefined) return "–";
  const text = `${threeDigits(found)}${floor === undefined ? "" : ` (${floor})`}`;
  return floor === undefined || found >= floor ? text : `**${text}**`;
}
