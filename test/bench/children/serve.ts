import { loadContender } from "../serve/load-contender.ts";
import { serve } from "../serve/serve.ts";

/** `node serve.js <contender> [option ...]`: one contender, driven by lines on stdin. */
const [name = "", ...options] = process.argv.slice(2);
serve(await loadContender(name, options));
