import { readFileSync } from "node:fs";
import { iris, irisInfo, irisLabels } from "./iris.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("Usage: node dist/main.js <flowers.csv>");
  process.exit(2);
}

// One call for all flowers, one after the other: [n, 4] -> [n, 3].
const flowers = readFlowers(readFileSync(file, "utf8"));
const probabilities = iris.forwardBatch(flowers.flat());

const classes = irisLabels.length;
flowers.forEach((flower, at) => {
  const scores = probabilities.subarray(at * classes, (at + 1) * classes);
  const likeliest = scores.indexOf(Math.max(...scores));
  const percent = (scores[likeliest]! * 100).toFixed(1).padStart(5);
  console.log(
    `${flower.map((size) => size.toFixed(1)).join("  ")}  ${percent} %  ${irisLabels[likeliest]}`,
  );
});

/** The lines below the heading, each with the sizes of a flower in centimetres. */
function readFlowers(csv: string): readonly (readonly number[])[] {
  const [, ...lines] = csv.trimEnd().split(/\r?\n/);
  return lines.map((line, at) => {
    const sizes = line.split(",").map(Number);
    if (
      sizes.length !== irisInfo.inputShape[0] ||
      !sizes.every(Number.isFinite)
    ) {
      console.error(
        `${file}:${at + 2}: expected ${irisInfo.inputShape[0]} numbers, found "${line}"`,
      );
      process.exit(1);
    }
    return sizes;
  });
}
