model = keras.Sequential([keras.Input((16,))])
for _ in range(3):
    model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dense(10))
