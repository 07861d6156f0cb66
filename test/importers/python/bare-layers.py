layers.Dense(32, activation="relu", input_shape=(9,)),
layers.Dropout(0.25),
layers.Dense(5),
