import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { maxReportedProblems, maxShownPlaces, maxWrongCells } from "../limits.ts";
import type { Place } from "./place.ts";

export const dataMoreWrong = defineDiagnostic<{ path: string; kinds: number; cells: number }>(
  "data-more-wrong",
  "error",
  "A file of samples has more mistakes than are shown.",
  ({ path, kinds, cells }) => ({
    message: `'${path}' has ${counted(kinds, "more kind")} of mistakes, in ${counted(cells, "place")}`,
  }),
  () => ({
    meaning:
      "Equal mistakes are one report with the number of their places, and only the first kinds of them are reported. What is wrong so often is most often one thing: another delimiter, another order of the columns.",
    example: {
      kind: "situation",
      text: "Twelve columns of iris.csv are texts.",
      arguments: { path: "iris.csv", kinds: 2, cells: 300 },
    },
  }),
);

/** Where a mistake stands, as diagnostics say it. */
export interface FaultPlace {
  readonly span: Span;
  /** `line 34: ` where no text is shown, which has the line else; begins the message. */
  readonly where: string;
  /** Further places of the same mistake that are shown, and ` (and in 12 more rows)`, which ends the message. */
  readonly related: readonly RelatedPlace[];
  readonly more: string;
}

/** Collects what is wrong in a file: mistakes of one kind are one report. */
export interface Problems {
  readonly count: number;
  /** Whether so much is wrong that it makes no sense to read on. */
  readonly isEnough: boolean;
  /** `key` tells the kind; `locate` and `report` are called for the few that are shown. */
  add(key: string, locate: () => Place | undefined, report: (place: FaultPlace) => Diagnostic): void;
  diagnostics(): readonly Diagnostic[];
}

interface Kind {
  readonly first: Place | undefined;
  readonly also: (Place | undefined)[];
  readonly report: (place: FaultPlace) => Diagnostic;
  readonly isReported: boolean;
  count: number;
}

/** `isShown`: whether the text of the file will be at hand when the diagnostics are printed. */
export function createProblems(path: string, isShown: boolean): Problems {
  const kinds = new Map<string, Kind>();
  let count = 0;
  const spanOf = (place: Place | undefined): Span => ({ file: path, start: place?.start ?? 0, end: place?.end ?? 0 });
  return {
    get count() {
      return count;
    },
    get isEnough() {
      return count >= maxWrongCells;
    },
    add(key, locate, report) {
      count += 1;
      const known = kinds.get(key);
      if (known === undefined) {
        // Of what is not reported only the number counts.
        const isReported = kinds.size < maxReportedProblems;
        kinds.set(key, { first: isReported ? locate() : undefined, also: [], report, count: 1, isReported });
        return;
      }
      known.count += 1;
      if (known.isReported && isShown && known.also.length < maxShownPlaces) known.also.push(locate());
    },
    diagnostics() {
      const all = [...kinds.values()];
      const reported = all.slice(0, maxReportedProblems);
      const diagnostics = reported.map(({ first, also, report, count: places }) =>
        report({
          span: spanOf(first),
          where: isShown || first === undefined ? "" : `line ${first.line}: `,
          related: also.map((place) => ({ span: spanOf(place), message: "here, too" })),
          more: places === 1 ? "" : ` (and in ${counted(places - 1, "more place")})`,
        }),
      );
      const rest = all.slice(maxReportedProblems);
      if (rest.length === 0) return diagnostics;
      const cells = rest.reduce((sum, kind) => sum + kind.count, 0);
      return [...diagnostics, dataMoreWrong({ file: path, start: 0, end: 0 }, { path, kinds: rest.length, cells })];
    },
  };
}
