import { bundledWeightsInFile } from "./file-settings.ts";

/** The diagnostics of the plugin itself; a bundler shows them as errors of the module that it loads. */
export const pluginDiagnostics = [bundledWeightsInFile] as const;
