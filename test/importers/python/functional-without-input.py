x = layers.Dense(16, activation="relu", input_shape=(4,))(x)
outputs = layers.Dense(3)(x)
