import type { ContestData } from "./contest-data.ts";
import { largestStep, type CliffData } from "./parts/cliff.ts";
import type { ColdData } from "./parts/cold.ts";
import type { CompileData } from "./parts/compile.ts";
import type { EditorData } from "./parts/editor.ts";
import type { HeapData } from "./parts/heap.ts";
import type { SizeData } from "./parts/size.ts";
import type { TrainingData } from "./parts/training.ts";
import type { Requirement } from "./requirement.ts";
import type { Results } from "./results.ts";
import { table, threeDigits } from "./table.ts";
import { stepTable, trainingRequirements } from "./training/requirements.ts";

const names = ["T", "S", "M", "L", "G", "XL", "M64", "L256"];

/** How many times as fast layerc is to be at least, by peer, in the order of `names`. */
const floors: readonly (readonly [peer: string, floor: readonly (number | undefined)[]])[] = [
  ["onnxruntime-node", [200, 30, 3.5, 1.5, 1.6, 1.1, 0.55, 0.45]],
  ["onnxruntime-web", [250, 35, 5, 2, 1.8, 1.05, 2, 1.9]],
  ["brain.js", [3.3]],
  ["naive", [undefined, 25, 25, 30, 30, undefined, 35]],
  ["c", [0.58, 0.5, 0.67, 0.73, 0.75, 0.7, 0.46, 0.44]],
];

/** The promises as Markdown: a table of ratios, and one of all else. Only what was measured is in them. */
export function requirementsMarkdown({ parts }: Results): string {
  const workloads = (parts["workloads"] ?? []) as readonly ContestData[];
  const training = parts["training"] as TrainingData | undefined;
  const others = [
    ...ratioRequirements(workloads),
    ...accuracyRequirements(workloads),
    ...(parts["cliff"] === undefined ? [] : cliffRequirements(parts["cliff"] as CliffData)),
    ...(parts["cold"] === undefined ? [] : coldRequirements(parts["cold"] as ColdData)),
    ...(parts["size"] === undefined ? [] : sizeRequirements(parts["size"] as SizeData)),
    ...(parts["heap"] === undefined ? [] : heapRequirements(parts["heap"] as HeapData)),
    ...(parts["compile"] === undefined ? [] : compileRequirements(parts["compile"] as CompileData)),
    ...(training === undefined ? [] : trainingRequirements(training)),
    ...(parts["editor"] === undefined ? [] : editorRequirements(parts["editor"] as EditorData)),
  ];
  const sections: string[] = [];
  if (workloads.length > 0) {
    for (const [contender, title] of [
      ["layerc-auto", "`--target auto`"],
      ["layerc-wasm", "`--target wasm`"],
    ] as const) {
      sections.push(
        `How many times as fast ${title} is, and in brackets how many times it is to be at least; bold where it is not:`,
        floorTable(workloads, contender),
      );
    }
  }
  if (training !== undefined) {
    sections.push(
      "How many times as fast a step of training is, 32 samples, and in brackets how many times it is to be at least; bold where it is not:",
      stepTable(training),
    );
  }
  if (others.length > 0) {
    sections.push(
      table(
        ["", "wanted", "found", ""],
        others.map(({ what, wanted, found, reached }) => [
          what,
          wanted,
          found,
          reached ? "reached" : "**not reached**",
        ]),
      ),
    );
  }
  return sections.join("\n\n");
}

function floorTable(workloads: readonly ContestData[], contender: string): string {
  const rows = floors.map(([peer, wanted]) => [
    `against ${peer}`,
    ...names.map((name, at) => {
      const floor = wanted[at];
      const found = workloads.find(({ workload }) => workload === name)?.timesAsFast[contender]?.[peer];
      if (floor === undefined || found === undefined) return "–";
      const text = `${threeDigits(found)} (${floor})`;
      return found >= floor ? text : `**${text}**`;
    }),
  ]);
  return table(["", ...names], rows);
}

function ratioRequirements(workloads: readonly ContestData[]): readonly Requirement[] {
  const wanted = [
    ["XL", "layerc-bf16", "layerc-wasm", 2],
    ["T", "layerc-ts", "naive", 4],
    ["S", "layerc-ts", "naive", 2.5],
    ["M", "layerc-ts", "naive", 2.5],
    ["L", "layerc-ts", "naive", 2.5],
  ] as const;
  return wanted.flatMap(([name, contender, other, floor]) => {
    const found = workloads.find(({ workload }) => workload === name)?.timesAsFast[contender]?.[other];
    if (found === undefined) return [];
    const what = `${name}: ${contender}, times as fast as ${other}`;
    return [{ what, wanted: `at least ${floor}`, found: threeDigits(found), reached: found >= floor }];
  });
}

function accuracyRequirements(workloads: readonly ContestData[]): readonly Requirement[] {
  return ["layerc-auto", "layerc-simd", "layerc-ts"].flatMap((contender) => {
    const ratios = workloads.flatMap(({ workload, errors }) => {
      const [mine, theirs] = [errors[contender], errors["onnxruntime-node"]];
      return mine === undefined || theirs === undefined ? [] : [{ workload, ratio: mine / theirs }];
    });
    const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0];
    if (worst === undefined) return [];
    return [
      {
        what: `relative RMS error of ${contender}, times onnxruntime-node's, worst workload`,
        wanted: "at most 1.5",
        found: `${threeDigits(worst.ratio)} (${worst.workload})`,
        reached: worst.ratio <= 1.5,
      },
    ];
  });
}

function cliffRequirements({ oneLayer, threeLayers }: CliffData): readonly Requirement[] {
  const all = [
    ["one layer", oneLayer],
    ["three layers", threeLayers],
  ] as const;
  return all.flatMap(([title, points]) =>
    (["inline", "argument"] as const).map((weights) => {
      const { size, ratio } = largestStep(points, weights);
      return {
        what: `TypeScript, ${title}, weights ${weights === "inline" ? "inside" : "passed"}: largest step per multiply-add`,
        wanted: "at most 2",
        found: `${threeDigits(ratio)}${size === 0 ? "" : ` (at ${size} units)`}`,
        reached: ratio <= 2,
      };
    }),
  );
}

function coldRequirements({ starts }: ColdData): readonly Requirement[] {
  const limits: Readonly<Record<string, number>> = { T: 3, M: 10, L: 20 };
  return starts
    .filter(({ contender, workload }) => contender === "layerc-auto" && limits[workload] !== undefined)
    .map(({ workload, milliseconds }) => ({
      what: `${workload}: cold start${workload === "L" ? ", weights in a file" : ""}`,
      wanted: `under ${limits[workload]} ms`,
      found: `${threeDigits(milliseconds)} ms`,
      reached: milliseconds < (limits[workload] as number),
    }));
}

function sizeRequirements({ modules }: SizeData): readonly Requirement[] {
  const limits = [
    ["layerc-wasm", 16_000, 5000],
    ["layerc-ts", 6000, 2000],
  ] as const;
  const choices = limits.flatMap((limit) =>
    (["inline", "file"] as const).map((weights) => [...limit, weights] as const),
  );
  return choices.flatMap(([contender, raw, gzipped, weights]) => {
    const mine = modules.filter((module) => module.contender === contender && module.weights === weights);
    if (mine.length === 0) return [];
    const [largest, largestGzipped] = [Math.max(...mine.map((m) => m.raw)), Math.max(...mine.map((m) => m.gzipped))];
    const text = (a: number, b: number): string => `${threeDigits(a / 1000)} kB, ${threeDigits(b / 1000)} kB gzipped`;
    return [
      {
        what: `largest module of T, M, L without weights, minified, ${contender}${weights === "file" ? ", with the reader of a file" : ""}`,
        wanted: `under ${text(raw, gzipped)}`,
        found: text(largest, largestGzipped),
        reached: largest < raw && largestGzipped < gzipped,
      },
    ];
  });
}

function heapRequirements({ runs }: HeapData): readonly Requirement[] {
  const most = runs.toSorted((a, b) => b.bytesPerCall - a.bytesPerCall)[0];
  if (most === undefined) return [];
  return [
    {
      what: "bytes of heap per call with `output`, the most of all",
      // No object is smaller than 8 bytes. The measurement itself leaves some 12 kB, which few calls share.
      wanted: "under 4, so no object",
      found: `${threeDigits(most.bytesPerCall)} (${most.contender}, ${most.workload}, ${most.method})`,
      reached: most.bytesPerCall < 4,
    },
  ];
}

function compileRequirements({ builds, growth }: CompileData): readonly Requirement[] {
  const xl = builds.filter(({ workload }) => workload === "XL");
  return [
    ...xl.map(({ target, seconds, megabytes }) => ({
      what: `XL: \`layerc build --target ${target}\``,
      wanted: "under 10 s, 1,000 MB",
      found: `${threeDigits(seconds)} s, ${Math.round(megabytes)} MB`,
      reached: seconds < 10 && megabytes < 1000,
    })),
    ...growth.map(({ what, ratio }) => ({
      what: `build time: ${what}`,
      wanted: "at most 1.3, for linear growth",
      found: threeDigits(ratio),
      reached: ratio <= 1.3,
    })),
  ];
}

function editorRequirements({ files, memory, start }: EditorData): readonly Requirement[] {
  const limits = { edit: 0.1, hover: 0.05, completion: 0.05 };
  const [early, late] = memory;
  const grown = (late?.bytes ?? Number.NaN) / (early?.bytes ?? Number.NaN);
  return [
    ...files.flatMap(({ title, ratios }) =>
      (["edit", "hover", "completion"] as const).map((question) => ({
        what: `editor, ${title}: ${question === "edit" ? "diagnostics and hints after an edit" : question}, beside a check`,
        wanted: `at most ${limits[question]}`,
        found: ratios[question].toFixed(3),
        reached: ratios[question] <= limits[question],
      })),
    ),
    {
      what: "editor: memory after 10,000 edits, beside that after 100",
      wanted: "at most 1.2",
      found: threeDigits(grown),
      reached: grown <= 1.2,
    },
    {
      what: "editor: language server until its first diagnostics, beside `layerc check`",
      wanted: "at most 1.5",
      found: threeDigits(start.ratio),
      reached: start.ratio <= 1.5,
    },
  ];
}
