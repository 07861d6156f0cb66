block = lambda: None
hidden = [layers.Dense(8, "relu"), layers.Dropout(0.5)]
model = keras.Sequential([keras.Input((4,)), *hidden] + [layers.Dense(1)])
