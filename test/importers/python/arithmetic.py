WIDTH = 1_000
model = Sequential([
    Input((28 * 28,)),
    Dense(WIDTH // 3),
    Dense(2 ** 7 - 28),
    Dense(int(WIDTH * .1)),
    Dense(-(-7 // 2)),
    Dense(17 % 10),
    Dropout(1 - 0.75),
    Rescaling(1. / 255, offset=-0.5),
    Dense(max(3, 5)),
])
