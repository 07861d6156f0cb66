import { dottedName } from "./dotted-names.ts";
import { foreignArgument } from "./foreign-arguments.ts";
import { foreignBracket } from "./foreign-brackets.ts";
import { foreignCall } from "./foreign-calls.ts";
import { foreignClause } from "./foreign-clauses.ts";
import { foreignDeclaration } from "./foreign-declarations.ts";
import { foreignScript } from "./scripts.ts";
import { foreignStatement } from "./foreign-statements.ts";
import { foreignString } from "./foreign-strings.ts";
import { foreignValue } from "./foreign-values.ts";
import { importForm } from "./import-forms.ts";
import { groupingBraces } from "./grouped-layers.ts";
import { layerSign } from "./layer-signs.ts";
import { misplacedLabel } from "./misplaced-labels.ts";
import { tuple } from "./tuples.ts";

/** Every diagnostic of the dialects. */
export const dialectDiagnostics = [
  dottedName,
  foreignArgument,
  foreignBracket,
  foreignCall,
  foreignClause,
  foreignDeclaration,
  foreignScript,
  foreignStatement,
  foreignString,
  foreignValue,
  groupingBraces,
  importForm,
  layerSign,
  misplacedLabel,
  tuple,
];
