model = Sequential([
    Input((2,)),
    Dense(4, name="block/dense"),
    Dense(4),
    Dense(4, name="dense"),
    Dense(1, name="out 1"),
])
