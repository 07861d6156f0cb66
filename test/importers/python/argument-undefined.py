model = keras.Sequential([
    keras.Input(shape=(input_dim,)),
    layers.Dense(hidden_units),
    layers.Dense(2 * n_classes, name=f"out_{n_classes}"),
])
