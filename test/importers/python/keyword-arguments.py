model = Sequential(layers=[
    Input(batch_shape=(None, 16)),
    Dense(units=8, use_bias=True, activation=None, dtype="float32", trainable=True),
    BatchNormalization(axis=-1, momentum=0.9, epsilon=1e-5, center=True, scale=False),
    LeakyReLU(alpha=0.2),
    Dense(
        2,
        activation="linear",
        kernel_initializer=keras.initializers.GlorotNormal(seed=1),
        bias_initializer="ones",
        kernel_regularizer=keras.regularizers.l1_l2(l1=1e-5, l2=1e-4),
        activity_regularizer=regularizers.L2(1e-3),
        kernel_constraint=keras.constraints.MaxNorm(2.),
    ),
])
