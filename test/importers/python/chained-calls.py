keras.Sequential([
    keras.Input((4,)),
    layers.Dense(1),
]).compile(optimizer="sgd", loss="mse")
