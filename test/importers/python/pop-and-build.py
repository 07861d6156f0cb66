model = Sequential([Dense(8, activation="relu"), Dense(8), Dense(1000)])
model.pop()
model.add(Dense(2))
model.build((None, 5))
