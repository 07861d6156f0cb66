import { createPad } from "../../../vite-digits/src/pad.ts";
import { toPixels } from "../../../vite-digits/src/to-pixels.ts";
import { createVerdict } from "../../../vite-digits/src/verdict.ts";
import { digitsLabels, readDigitsWeights } from "../../digits.layers";
import weightsFile from "../../digits.safetensors?url";
import {
  createLearner,
  sure,
  type Knowledge,
  type Learner,
} from "./learner.ts";
import { openMemory } from "./memory.ts";
import { saveFile } from "./save-file.ts";

const find = <Found extends HTMLElement>(selector: string): Found =>
  document.querySelector<Found>(selector)!;
const said = find("#said");
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const file = await fetch(weightsFile);
const weights = readDigitsWeights(await file.arrayBuffer());
const accuracyBefore = createLearner(weights).accuracy();
const memory = await openMemory("layerc-train").catch(() => undefined);
let learner = await remember();

const verdict = createVerdict(digitsLabels);
const answers = digitsLabels.map((label, digit) => {
  const answer = document.createElement("button");
  answer.type = "button";
  answer.textContent = label;
  answer.addEventListener("click", () => void teach(digit));
  find("#answers").append(answer);
  return answer;
});
let pixels: Float32Array = new Float32Array();
let isDrawn = false;

const clear = createPad(find<HTMLCanvasElement>("#pad"), (strokes) => {
  pixels = toPixels(strokes);
  isDrawn = strokes.length > 0;
  answers.forEach((answer) => (answer.disabled = !isDrawn));
  show();
});
find("#clear").addEventListener("click", clear);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") clear();
});
find("#forget").addEventListener("click", () => void forget());
find("#save").addEventListener("click", () =>
  saveFile("digits.safetensors", learner.writeWeights()),
);
clear();

function show(): void {
  verdict.show(pixels, isDrawn ? learner.guess(pixels) : undefined);
  const { lessons } = learner.knowledge;
  find("#known").textContent =
    `${lessons.length} of your drawings learned. Of 450 digits of other people it recognises ` +
    `${percent(learner.accuracy())}; before the first lesson ${percent(accuracyBefore)}.`;
}

async function teach(digit: number): Promise<void> {
  const steps = learner.learn({ pixels, digit });
  const probability = learner.guess(pixels)[digit]!;
  show();
  if (probability < sure)
    said.textContent = `Not sure yet that this is a ${digit}, after ${steps} steps: ${percent(probability)}. Tell it again.`;
  else if (steps === 0)
    said.textContent = `It was sure already that this is a ${digit}.`;
  else
    said.textContent = `Learned in ${steps} steps that this is a ${digit}: ${percent(probability)}.`;
  await keep(learner.knowledge);
}

async function forget(): Promise<void> {
  learner = createLearner(weights);
  show();
  said.textContent = "All your drawings are forgotten.";
  await memory?.clear();
}

async function keep(knowledge: Knowledge): Promise<void> {
  try {
    await memory?.write(knowledge);
  } catch {
    said.textContent += " This browser has no room to keep it.";
  }
}

/** The learner as it was when the page was closed. */
async function remember(): Promise<Learner> {
  if (memory === undefined) {
    said.textContent =
      "This browser keeps nothing: what it learns is gone when you close the page.";
    return createLearner(weights);
  }
  try {
    return createLearner(
      weights,
      (await memory.read()) as Knowledge | undefined,
    );
  } catch {
    said.textContent = "What this browser has kept is of another network.";
    return createLearner(weights);
  }
}
