model = Sequential([
    Input((4,)),
    Dense(64.0 / 3, activation="reluu"),
    Dense(8, activaton="relu"),
    Dense(8, "relu", units=3),
    Dropout("a lot"),
    Flatten,
])
