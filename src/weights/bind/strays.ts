import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { shorten } from "../../files/shorten.ts";
import { listAll } from "./describe.ts";

/** How many names a message lists. */
const shown = 5;

export const weightStrays = defineDiagnostic(
  "weight-strays",
  "warning",
  "A weight file has arrays that belong to no layer.",
  (at: { path: string; strays: readonly string[] }) => {
    const names = listAll(at.strays.slice(0, shown).map((name) => `'${shorten(name)}'`));
    const more = at.strays.length > shown ? ` and ${counted(at.strays.length - shown, "other")}` : "";
    const verbs =
      at.strays.length === 1 ? "belongs to no layer and is left out" : "belong to no layer and are left out";
    return { message: `${names}${more} of the weight file '${shorten(at.path)}' ${verbs}` };
  },
  () => ({
    meaning:
      "The file has arrays beside the layers, such as a number of steps or a buffer of a PyTorch module. The model does not need them. If one is the weight of a layer, its name lacks that of the layer.",
    example: {
      kind: "situation",
      text: "policy.safetensors has the deviation 'log_std' of an agent's actions beside the layers of its network.",
      arguments: { path: "./policy.safetensors", strays: ["log_std"] },
    },
  }),
);
