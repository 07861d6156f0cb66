import { enginePrograms } from "../engines/engine-programs.ts";
import { engineScript, type Form } from "../engines/engine-script.ts";
import { runInEngine, type Measured } from "../engines/run-in-engine.ts";
import { denseStack, type Network } from "../network.ts";
import { table, threeDigits } from "../table.ts";
import type { Part } from "./part.ts";

/** What one engine takes for one network. */
interface EngineTimes {
  readonly engine: string;
  readonly group: string;
  readonly network: string;
  readonly times: Measured;
}

interface Group {
  readonly name: string;
  readonly title: string;
  readonly weights: "inline" | "argument";
  readonly forms: Readonly<Record<string, Form>>;
  readonly networks: Readonly<Record<string, Network>>;
}

const square = (size: number): Network => denseStack([size, size], "relu");
const equal = (count: number, size: number): Network =>
  denseStack(
    Array.from({ length: count + 1 }, () => size),
    "relu",
  );

/** One layer, and layers of one size, by their multiply-adds. */
const sizes: Group["networks"] = {
  "8 x 8: 64": square(8),
  "16 x 16: 256": square(16),
  "24 x 24: 576": square(24),
  "32 x 32: 1,024": square(32),
  "32 x 48: 1,536": denseStack([32, 48], "relu"),
  "48 x 48: 2,304": square(48),
  "64 x 64: 4,096": square(64),
  "5 of 16 x 16: 1,280": equal(5, 16),
  "8 of 16 x 16: 2,048": equal(8, 16),
  "12 of 16 x 16: 3,072": equal(12, 16),
  "2 of 32 x 32: 2,048": equal(2, 32),
  "3 of 32 x 32: 3,072": equal(3, 32),
};

const groups: readonly Group[] = [
  {
    name: "default",
    title: "What a build gives without options, beside naive loops",
    weights: "inline",
    forms: { default: {} },
    networks: {
      "4-16-3 relu, softmax": denseStack([4, 16, 3], "relu", "softmax"),
      "8-8 relu": square(8),
      "16-16 relu": square(16),
      "32-32 relu": square(32),
      "five layers of 16": equal(5, 16),
      "2-4-1 tanh": denseStack([2, 4, 1], "tanh", "linear"),
      "32-2 softmax": denseStack([32, 2], "softmax"),
      "16-32 softmax": denseStack([16, 32], "softmax"),
      "64-64 relu": square(64),
      "16-64-64-8 tanh": denseStack([16, 64, 64, 8], "tanh"),
      "784-128-10 relu, softmax": denseStack([784, 128, 10], "relu", "softmax"),
    },
  },
  {
    name: "literals",
    title: "Straight-line code with literals, inputs in blocks and all at once, and tiled loops",
    weights: "inline",
    forms: { blocks: { unroll: "full" }, whole: { unroll: "full", engine: "interpreter" }, tiled: "tiled" },
    networks: sizes,
  },
  {
    name: "arrays",
    title: "The same with weights from arrays",
    weights: "argument",
    forms: { blocks: { unroll: "full" }, whole: { unroll: "full", engine: "interpreter" }, tiled: "tiled" },
    networks: sizes,
  },
];

/**
 * What the budgets of `src/passes/engines.ts` rest on. `--peers bun,hermes` takes some engines, `--only literals` some of the
 * tables.
 */
export const enginesPart: Part<readonly EngineTimes[]> = {
  name: "engines",
  title: "Straight-line code in every engine",
  async run({ only, peers }) {
    const engines = enginePrograms(peers);
    const found: EngineTimes[] = [];
    for (const { name: group, weights, forms, networks } of groups) {
      if (only !== undefined && !only.includes(group)) continue;
      for (const [network, shape] of Object.entries(networks)) {
        for (const engine of engines) {
          console.error(`engines ${group}: ${network} in ${engine.name} ...`);
          const times =
            engine.engine === "interpreter" ? { milliseconds: 30, warmUp: 0 } : { milliseconds: 6, warmUp: 3_000 };
          const script = await engineScript(shape, forms, { weights, rounds: 15, ...times });
          found.push({ engine: engine.name, group, network, times: await runInEngine(engine, script) });
        }
      }
    }
    return found;
  },
  markdown: (found) =>
    groups
      .flatMap(({ name, title, forms, networks }) => {
        const own = found.filter(({ group }) => group === name);
        const engines = [...new Set(own.map(({ engine }) => engine))];
        if (engines.length === 0) return [];
        const cell = (network: string, engine: string): string => {
          const times = own.find((one) => one.network === network && one.engine === engine)?.times;
          return times === undefined
            ? "–"
            : Object.keys(forms)
                .map((form) => threeDigits(times[form]?.timesAsFast ?? Number.NaN))
                .join(" / ");
        };
        return [
          `${title}, times as fast as naive loops (${Object.keys(forms).join(" / ")}):`,
          table(
            ["", ...engines],
            Object.keys(networks).map((network) => [network, ...engines.map((engine) => cell(network, engine))]),
          ),
        ];
      })
      .join("\n\n"),
};
