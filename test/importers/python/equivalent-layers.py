model = Sequential([
    Input((10, 4)),
    SpatialDropout1D(.1),
    EinsumDense("abc,cd->abd", output_shape=(None, 6), bias_axes="d"),
    Permute((2, 1)),
    Normalization(mean=0.5, variance=2.),
    UnitNormalization(),
    Flatten(),
    ActivityRegularization(l2=0.01),
    RepeatVector(2),
    Identity(),
])
