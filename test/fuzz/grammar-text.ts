import type { ISerializedGast } from "chevrotain";
import { LayersParser } from "../../grammar/parser.ts";
import type { Random } from "./random.ts";

interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly terminalLabel?: string;
  readonly separator?: Production;
  readonly definition?: readonly Production[];
}

const rules = new Map(
  (
    new LayersParser({
      skipValidations: true,
    }).getSerializedGastProductions() as ISerializedGast[] as readonly Production[]
  ).map((rule) => [rule.name ?? "", rule]),
);

const names = [
  ..."Dense Dropout Flatten Reshape Embedding BatchNormalization LayerNormalization TimeDistributed Activation".split(
    " ",
  ),
  ..."GlobalAveragePooling1D EinsumDense Softmax Permute RepeatVector Rescaling units activation axis rate a b c".split(
    " ",
  ),
  ..."relu softmax tanh sigmoid input_dim output_dim target_shape M Net Head constructor __proto__ toString".split(" "),
];
const numbers = [
  "0",
  "1",
  "2",
  "3",
  "4",
  "8",
  "64",
  "0.5",
  "1e-3",
  "1e9",
  "9007199254740993",
  "1e400",
  "-0",
  "2**26",
  "1_0",
];
const strings = ['"./w.safetensors"', '"./b.layers"', '"a"', '""', '"\\u0000"', '"</script>"', '"*/"', '"@ts-nocheck"'];

/** A text that the grammar makes, of about `size` tokens: its terminals are words of the language, mostly. */
export function grammarText(random: Random, size: number): string {
  const words: string[] = [];
  const visit = (production: Production, depth: number): void => {
    const inner = (): void => production.definition?.forEach((one) => visit(one, depth + 1));
    const goesOn = (share: number): boolean => words.length < size && depth < 60 && random.chance(share);
    switch (production.type) {
      case "NonTerminal":
        return void (
          rules.get(production.name ?? "") && visit(rules.get(production.name ?? "") as Production, depth + 1)
        );
      case "Terminal":
        words.push(terminal(production, random));
        return;
      case "Option":
        return goesOn(0.5) ? inner() : undefined;
      case "Alternation": {
        const ways = production.definition ?? [];
        // Where the text gets long or deep, the first way is most often the shortest.
        const way = words.length < size && depth < 40 ? random.pick(ways) : (ways[0] as Production);
        return visit(way, depth + 1);
      }
      case "Repetition":
      case "RepetitionWithSeparator":
      case "RepetitionMandatory":
      case "RepetitionMandatoryWithSeparator": {
        if (production.type.includes("Mandatory")) inner();
        while (goesOn(0.6)) {
          if (production.separator !== undefined) words.push(terminal(production.separator, random));
          inner();
        }
        return;
      }
      default:
        return inner();
    }
  };
  visit(rules.get("modelFile") ?? ([...rules.values()][0] as Production), 0);
  return words.join(random.chance(0.9) ? " " : "\n");
}

function terminal({ name = "", label, terminalLabel }: Production, random: Random): string {
  const shown = terminalLabel ?? label ?? name;
  if (/^'.*'$/.test(shown)) return shown.slice(1, -1);
  if (name === "NumberLiteral") return random.pick(numbers);
  if (name === "StringLiteral") return random.pick(strings);
  if (name === "EOF") return "";
  return random.pick(names);
}
