import { formatCount } from "../../diagnostics/format-count.ts";
import { counted } from "../../diagnostics/counted.ts";
import { product } from "../../ir/product.ts";
import { formatMemorySize } from "../../summary/memory-size.ts";
import { isInput } from "../../keras/keras-config.ts";
import type { WeightContainer, WeightEntry, WeightFile, WeightFormat } from "../../weights/weight-file.ts";
import { codeBlock, escapeMarkdown, paragraphs } from "./markdown.ts";

const formats: Readonly<Record<WeightFormat, string>> = {
  safetensors: "safetensors",
  npz: "NumPy archive of arrays",
  torch: "PyTorch state",
  "keras-archive": "Keras archive",
  "keras-weights": "Keras 3 weights",
  "keras-h5": "Keras HDF5",
  imported: "imported model",
};

/** Lines that are shown of a file, of which the rest is counted. */
const mostLines = 40;

/** What a weight file holds: its format, its model, layers and arrays with their shapes. */
export function describeWeightFile({ format, root }: WeightFile, part: WeightContainer = root): string {
  const lines = entryLines(part.entries, "");
  const arrays = arraysIn(part);
  const numbers = arrays.reduce((sum, { shape }) => sum + product(shape), 0);
  const name = root.keras === undefined ? "" : ` of ${escapeMarkdown(`${root.keras.className} '${root.keras.name}'`)}`;
  const more = lines.length - mostLines;
  return paragraphs(
    `${formats[format]}${name}: ${counted(arrays.length, "array")}, ${formatCount(numbers)} numbers, ${formatMemorySize(numbers * 4)} as float32`,
    lines.length === 0
      ? undefined
      : codeBlock([...lines.slice(0, mostLines), ...(more > 0 ? [`... and ${more} more`] : [])].join("\n"), "text"),
    part.strays === undefined ? undefined : `beside the layers: ${escapeMarkdown(part.strays.join(", "))}`,
  );
}

/** A line for each layer and model, but for those that only state the input. */
function entryLines(entries: readonly WeightEntry[], indent: string): readonly string[] {
  return entries
    .filter(({ keras }) => keras === undefined || !isInput(keras))
    .flatMap((entry) => {
      const title = `${indent}${entry.name}${entry.keras === undefined ? "" : `: ${entry.keras.className}`}`;
      if (entry.kind === "container") return [title, ...entryLines(entry.entries, `${indent}  `)];
      const arrays = entry.arrays.map(
        ({ name, shape }) => `${name === undefined ? "" : `${name} `}[${shape.join(", ")}]`,
      );
      return [[title, arrays.join(", ")].filter((part) => part !== "").join("  ")];
    });
}

function arraysIn(entry: WeightEntry): readonly { readonly shape: readonly number[] }[] {
  return entry.kind === "layer" ? entry.arrays : entry.entries.flatMap(arraysIn);
}
