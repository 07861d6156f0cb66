/*
 * What other libraries, and people in a hurry, call the things of Keras. Keys are in small letters without '_'; they are asked
 * before the distance of letters, which would lead from `lrelu` to `relu`.
 */

/** Names of layers. */
export const foreignLayers: ReadonlyMap<string, string> = new Map([
  ["linear", "Dense"],
  ["fc", "Dense"],
  ["fullyconnected", "Dense"],
  ["output", "Dense"],
  ["batchnorm", "BatchNormalization"],
  ["batchnorm1d", "BatchNormalization"],
  ["bn", "BatchNormalization"],
  ["layernorm", "LayerNormalization"],
  ["ln", "LayerNormalization"],
  ["rmsnorm", "RMSNormalization"],
  ["groupnorm", "GroupNormalization"],
  ["drop", "Dropout"],
  ["embed", "Embedding"],
  ["act", "Activation"],
  ["gap", "GlobalAveragePooling1D"],
  ["view", "Reshape"],
  ["unflatten", "Reshape"],
  ["transpose", "Permute"],
]);

/** Names of arguments. */
export const foreignArguments: ReadonlyMap<string, string> = new Map([
  ["outfeatures", "units"],
  ["nunits", "units"],
  ["neurons", "units"],
  ["outputdim", "units"],
  ["numunits", "units"],
  ["p", "rate"],
  ["prob", "rate"],
  ["eps", "epsilon"],
  ["bias", "use_bias"],
  ["dim", "axis"],
  ["numembeddings", "input_dim"],
  ["embeddingdim", "output_dim"],
  ["numgroups", "groups"],
  ["act", "activation"],
  ["reg", "kernel_regularizer"],
  ["init", "kernel_initializer"],
  ["initializer", "kernel_initializer"],
  ["kernelinit", "kernel_initializer"],
  ["biasinit", "bias_initializer"],
  ["regularizer", "kernel_regularizer"],
  ["std", "stddev"],
  ["alpha", "negative_slope"],
  ["slope", "negative_slope"],
  ["l", "l2"],
  ["newshape", "target_shape"],
  ["shape", "target_shape"],
]);

/** Activations and initializers. */
export const foreignValues: ReadonlyMap<string, string> = new Map([
  ["lrelu", "leaky_relu"],
  ["sigm", "sigmoid"],
  ["logistic", "sigmoid"],
  ["identity", "linear"],
  ["glorot", "glorot_uniform"],
  ["xavier", "glorot_uniform"],
  ["xavieruniform", "glorot_uniform"],
  ["xaviernormal", "glorot_normal"],
  ["he", "he_normal"],
  ["kaiming", "he_normal"],
  ["kaimingnormal", "he_normal"],
  ["kaiminguniform", "he_uniform"],
  ["random", "random_normal"],
]);
