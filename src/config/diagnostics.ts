import { configMissingKey, configUnknownKey } from "./check-keys.ts";
import { configWrongValue } from "./check-value.ts";
import { configSyntax } from "./parse-json-config.ts";

/** What can be wrong with the content of a config; all give exit code 2. */
export const configDiagnostics = [configSyntax, configUnknownKey, configWrongValue, configMissingKey] as const;
