import type { Origin } from "./graph.ts";

/** Lines of a printed program; lists nest one step deeper. */
export type Lines = readonly (string | Lines)[];

/** The text of lines, with a step of indentation for every list around them. */
export function joinLines(lines: Lines, indent = ""): string {
  return lines
    .map((line) =>
      typeof line === "string" ? (line === "" ? "" : `${indent}${line}`) : joinLines(line, `${indent}  `),
    )
    .join("\n");
}

/** `head {`, an indented body, `}` */
export function block(head: string, body: Lines): Lines[number][] {
  return [`${head} {`, body, "}"];
}

/** The layers that something computes, or is part of the weights of, one comment each. */
export function layerComments(origins: readonly Origin[], folded: readonly Origin[] = []): readonly string[] {
  return [
    ...origins.map(({ path, description }) => `// ${path.join("/")}: ${description}`),
    ...folded.map(({ path, description }) => `// ${path.join("/")}: ${description}, folded into the weights`),
    ...(origins.length === 0 ? ["// copies what it reads"] : []),
  ];
}

/** The name of what computes some layers: `encoder.hidden`. */
export function layerName(origins: readonly Origin[]): string {
  return origins[0]?.path.join(".") ?? "copy";
}
