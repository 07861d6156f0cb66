import { capitalized } from "../../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { isObject, ownValue, type JsonObject } from "../../files/json.ts";
import { fail } from "../../files/read-failure.ts";
import { parseAnyJson } from "../../json/parse-any-json.ts";
import { createArrayRows } from "./array-rows.ts";
import { chooseColumns } from "./columns.ts";
import { fieldNames, jsonFault, placeInJson } from "./json-place.ts";
import type { ObjectRows } from "./object-rows.ts";
import type { Place } from "./place.ts";
import type { FaultPlace, Problems } from "./problems.ts";
import type { Reading, ReadRows } from "./reading.ts";
import { createTableRows } from "./table-rows.ts";
import { textLines, type TextLine } from "./text-lines.ts";

export const dataLineWrong = defineDiagnostic<Omit<FaultPlace, "span"> & { problem: string }>(
  "data-line-wrong",
  "error",
  "A line of a JSONL file is no JSON object, or has other fields than the first.",
  ({ where, more, related, problem }) => ({ message: capitalized(`${where}${problem}${more}`), related }),
  () => ({
    meaning:
      "Each line of JSONL is one object: with x and y, lists or numbers, or with a field for each column, the same ones in all lines.",
    example: {
      kind: "situation",
      text: 'A line of iris.jsonl is { "x": [5.1, 3.5, 1.4, 0.2], "y": 0 },',
      arguments: { where: "", more: "", related: [], problem: "this is not JSON" },
      mended: "The line has no comma at its end.",
    },
  }),
);

/** Reads JSON objects, one a line. The first says how the others are read. */
export async function readJsonl(pieces: AsyncIterable<string>, reading: Reading): Promise<ReadRows | undefined> {
  const { problems } = reading;
  let rows: ObjectRows | undefined;
  for await (const line of textLines(pieces)) {
    const sample = parseAnyJson(line.text);
    if (isObject(sample)) {
      rows ??= beginRows(sample, line, reading);
      if (rows === undefined) return undefined;
      rows.add(sample, line);
    } else if (sample === undefined) addWrongLine(problems, "this is not JSON", () => jsonFault(line));
    else addWrongLine(problems, "the line is no object", () => line);
    if (problems.isEnough) break;
  }
  return rows ?? (problems.count > 0 ? undefined : fail("damaged", "it has no line but empty ones"));
}

function addWrongLine(problems: Problems, problem: string, locate: () => Place): void {
  problems.add(problem, locate, ({ span, ...place }) => dataLineWrong(span, { ...place, problem }));
}

function beginRows(first: JsonObject, line: TextLine, reading: Reading): ObjectRows | undefined {
  const { choice } = reading;
  const isChosen = choice.inputs !== undefined || choice.targets !== undefined;
  if (!isChosen && Object.hasOwn(first, "x") && Object.hasOwn(first, "y")) return createArrayRows(first, reading);
  const names = fieldNames(line);
  const { value, diagnostics } = chooseColumns(names, reading.wanted, choice, reading.spanOf(line));
  for (const diagnostic of diagnostics)
    reading.problems.add(
      diagnostic.message,
      () => line,
      () => diagnostic,
    );
  if (value === undefined) return undefined;
  const table = createTableRows(value, reading);
  // Where all columns are chosen, others are nobody's concern.
  const known = choice.inputs !== undefined && choice.targets !== undefined ? undefined : new Set(names);
  return {
    ...table,
    add(sample, at) {
      const strange = known && Object.keys(sample).find((name) => !known.has(name));
      if (strange !== undefined) {
        const problem = `the field '${strange}' is none of the first line's`;
        addWrongLine(reading.problems, problem, () => placeInJson(at, [strange]));
      }
      const cells = names.map((name) => ownValue(sample, name));
      table.add(cells, (column) => placeInJson(at, [names[column] as string]));
    },
  };
}
