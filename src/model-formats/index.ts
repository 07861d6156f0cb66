import type { ModelFormat } from "./model-format.ts";
import { keras } from "./keras.ts";
import { onnx } from "./onnx.ts";
import { tfjs } from "./tfjs.ts";

/**
 * Every format of whole models that can be imported, the likeliest first. Of those that detect a file the last one reads it: it looks closest.
 * Adding one: its file and its line here.
 */
export const modelFormats: readonly ModelFormat[] = [keras, tfjs, onnx];
