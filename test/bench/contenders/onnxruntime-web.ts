import * as runtime from "onnxruntime-web/wasm";
import type { Contender } from "../serve/contender.ts";
import { onnxruntimeContender } from "../serve/onnxruntime.ts";

runtime.env.wasm.numThreads = 1;
runtime.env.logLevel = "error";
/** It takes no tensor for its output: it leaves one as it is. */
export default ([file = ""]: readonly string[]): Contender =>
  onnxruntimeContender(runtime as never, "wasm", file, false);
