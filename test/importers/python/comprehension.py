model = keras.Sequential(
    [keras.Input((4,))]
    + [layers.Dense(8) for _ in range(3)]
    + [layers.Dense(1)]
)
