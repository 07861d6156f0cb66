import type { ContestData } from "../contest-data.ts";
import type { TrainingData } from "../parts/training.ts";
import type { Requirement } from "../requirement.ts";
import { table, threeDigits } from "../table.ts";

const names = ["T", "M", "L"] as const;

/** How many times as fast one contender is to be as another, by workload; of several ones the fastest counts. */
interface Floor {
  readonly title: string;
  readonly own: readonly string[];
  readonly peers: readonly string[];
  readonly wanted: Readonly<Partial<Record<(typeof names)[number], number>>>;
}

const floors: readonly Floor[] = [
  {
    title: "TypeScript against the better of tfjs",
    own: ["layerc-ts"],
    peers: ["tfjs-cpu", "tfjs-wasm"],
    wanted: { T: 100 },
  },
  { title: "TypeScript against tfjs cpu", own: ["layerc-ts"], peers: ["tfjs-cpu"], wanted: { M: 8 } },
  {
    title: "the faster of both against brain.js with Adam, per sample",
    own: ["layerc-ts", "layerc-wasm"],
    peers: ["brain.js-adam"],
    wanted: { T: 30 },
  },
  {
    title: "the faster of both against synaptic, per sample",
    own: ["layerc-ts", "layerc-wasm"],
    peers: ["synaptic"],
    wanted: { T: 30 },
  },
  { title: "WebAssembly against tfjs wasm", own: ["layerc-wasm"], peers: ["tfjs-wasm"], wanted: { M: 12, L: 10 } },
  {
    title: "the faster of both against PyTorch",
    own: ["layerc-ts", "layerc-wasm"],
    peers: ["pytorch"],
    wanted: { T: 20, M: 1.2 },
  },
];

/** What was asked of steps of training, with what was measured. */
export function stepTable({ contests }: TrainingData): string {
  const cell = (floor: Floor, name: (typeof names)[number]): string => {
    const wanted = floor.wanted[name];
    const contest = contests.find(({ workload }) => workload === name);
    const found = contest === undefined ? undefined : timesAsFast(contest, floor);
    if (wanted === undefined || found === undefined) return "–";
    const text = `${threeDigits(found)} (${wanted})`;
    return found >= wanted ? text : `**${text}**`;
  };
  return table(
    ["", ...names],
    floors.map((floor) => [floor.title, ...names.map((name) => cell(floor, name))]),
  );
}

function timesAsFast({ timesAsFast: ratios }: ContestData, { own, peers }: Floor): number | undefined {
  const against = own.flatMap((name) => {
    const found = peers.flatMap((peer) => ratios[name]?.[peer] ?? []);
    return found.length === 0 ? [] : [Math.min(...found)];
  });
  return against.length === 0 ? undefined : Math.max(...against);
}

/** What a step may leave on the heap: the loss that it returns, and numbers that V8 puts there, but no array. */
export function trainingRequirements({ heap }: TrainingData): readonly Requirement[] {
  const most = heap.toSorted((a, b) => b.bytesPerStep - a.bytesPerStep)[0];
  if (most === undefined) return [];
  return [
    {
      what: "bytes of heap per step of training, the most of all",
      wanted: "under 100, so no array",
      found: `${threeDigits(most.bytesPerStep)} (${most.contender}, ${most.workload})`,
      reached: most.bytesPerStep < 100,
    },
  ];
}
