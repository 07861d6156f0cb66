model = Sequential([
    Input((4,)),
    Dense(64 if big else 32),
    Dense([1, 2][i]),
    Dense(8, activation=lambda t: t * 2),
    Dense(units=sizes[0], use_bias=not small),
    Dense(10 / 0),
    Dense(2 ** 70),
    Dense(*args),
])
