import type { ModelUnit } from "../model-unit.ts";
import { code, identifier, join, render, type Code } from "./code.ts";
import { infoType } from "./info.ts";
import type { LabelsCode } from "./labels.ts";
import { createDoc, infoDoc, modelDoc, readDoc } from "./model-docs.ts";
import type { UnitNames } from "./names.ts";
import { givenWeights, publicTypes } from "./public-types.ts";

/** What the declarations of one model are made of. */
export interface DeclaredUnit {
  readonly unit: ModelUnit;
  readonly chosen: UnitNames;
  readonly labels?: LabelsCode;
  /** The properties of `<model>Info` that its layers don't say. */
  readonly moreInfo: readonly Code[];
  /** The types and the function of its trainer. */
  readonly trainer?: Code;
}

/** The declaration file of a module; `shared` are declarations that serve all models. */
export function declarations(head: Code, units: readonly DeclaredUnit[], shared: readonly Code[]): string {
  const parts = units.map(({ unit, chosen, labels, moreInfo, trainer }) =>
    join(
      [
        publicTypes(unit, chosen),
        ...values(unit, chosen),
        ...(labels === undefined ? [] : [labels.declarations]),
        code`${infoDoc(unit)}export declare const ${chosen.info}: ${infoType(unit.info, moreInfo)};`,
        ...(trainer === undefined ? [] : [trainer]),
      ],
      "\n\n",
    ),
  );
  return render(join([head, ...parts, ...shared], "\n\n"), "ts");
}

/** The model, or what makes it. */
function values(unit: ModelUnit, chosen: UnitNames): readonly Code[] {
  if (unit.binding.kind === "inline") {
    return [code`${modelDoc(unit)}export declare const ${identifier(unit.exportName)}: ${chosen.type};`];
  }
  return [
    code`${createDoc(unit)}export declare function ${chosen.create}(weights: ${givenWeights(chosen)}): ${chosen.type};`,
    code`${readDoc(unit)}export declare function ${chosen.read}(bytes: ArrayBuffer | Uint8Array): ${chosen.weights};`,
  ];
}
