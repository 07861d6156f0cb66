/** How the names of files end that a weights clause may name, without the dot before. */
export const weightEndings: readonly string[] = [
  "safetensors",
  "npz",
  "keras",
  "h5",
  "hdf5",
  "pt",
  "pth",
  "bin",
  "weights.json",
];

/** Whether a weights clause may name a file of this name. */
export function hasWeightEnding(name: string): boolean {
  const lower = name.toLowerCase();
  return weightEndings.some((ending) => lower.endsWith(`.${ending}`));
}
