import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { shorten } from "../files/shorten.ts";
import { listAll } from "./bind/describe.ts";
import { orderTorchLayers } from "./torch-names.ts";
import { parseClassNumber, type WeightContainer, type WeightEntry } from "./weight-file.ts";

export const weightsPrefixUnknown = defineDiagnostic(
  "weights-prefix-unknown",
  "error",
  "No array of a weight file has a name that begins with the prefix of the clause.",
  (at: { path: string; prefix: string; span: Span; known: readonly string[] }) => {
    const message = `No array of the weight file '${shorten(at.path)}' has a name that begins with '${shorten(at.prefix)}'`;
    const meant = suggest(at.prefix, at.known);
    if (meant !== undefined) {
      const edits = [{ span: at.span, text: JSON.stringify(meant) }];
      return { message, help: `did you mean '${shorten(meant)}'?`, fix: { title: `Write "${shorten(meant)}"`, edits } };
    }
    if (at.known.length === 0) return { message, help: "its names have no parts: leave the prefix away" };
    return { message, help: `there are ${listAll(at.known.map((name) => `'${shorten(name)}'`))}` };
  },
  () => ({
    meaning:
      "A file that holds the arrays of several models, such as the actor and the critic of an agent, is bound in parts: the prefix of a weights clause tells which names belong to this model.",
    example: {
      kind: "situation",
      text: 'The model has weights "./agent.pt" prefix "actr."; the names of the file begin with actor. and critic.',
      arguments: {
        path: "./agent.pt",
        prefix: "actr.",
        span: { file: "agent.layers", start: 35, end: 42 },
        known: ["actor.", "critic."],
      },
      mended: 'The prefix is "actor.".',
    },
  }),
);

/**
 * The part of a file whose arrays have names that begin with `prefix`, which is left away: `actor.` and `actor` both mean
 * the container of that name, `actor_` the layers `actor_fc1` and `actor_fc2` as `fc1` and `fc2`. `undefined` where no name
 * begins so.
 */
export function partOfFile(root: WeightContainer, prefix: string): WeightContainer | undefined {
  if (prefix === "") return root;
  for (const entry of root.entries) {
    if (entry.name === "" || !prefix.startsWith(entry.name)) continue;
    const rest = prefix.slice(entry.name.length);
    if (rest !== "" && rest[0] !== "." && rest[0] !== "/") continue;
    if (entry.kind === "container") return partOfFile(entry, rest.slice(1));
    return rest.length > 1 ? undefined : { ...withoutStrays(root), entries: [entry] };
  }
  const found = root.entries.filter(({ name }) => name.startsWith(prefix)).map((entry) => renamed(entry, prefix));
  if (found.length === 0) return undefined;
  const ordered = orderTorchLayers(found);
  return { ...withoutStrays(root), ordered: root.ordered || ordered !== undefined, entries: ordered ?? found };
}

/** What a prefix of the file can be, those of the outermost containers first. */
export function prefixesOf(root: WeightContainer, path = ""): readonly string[] {
  const containers = root.entries.filter((entry) => entry.kind === "container");
  return [
    ...containers.map(({ name }) => `${path}${name}.`),
    ...containers.flatMap((inner) => prefixesOf(inner, `${path}${inner.name}.`)),
  ];
}

function renamed(entry: WeightEntry, prefix: string): WeightEntry {
  const name = entry.name.slice(prefix.length);
  return { ...entry, name, classNumber: parseClassNumber(name) };
}

/** A part of a container, of which neither the description of the whole nor what lies beside its layers holds. */
function withoutStrays({ keras: _keras, strays: _strays, ...container }: WeightContainer): WeightContainer {
  return container;
}
