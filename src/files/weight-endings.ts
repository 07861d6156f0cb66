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
