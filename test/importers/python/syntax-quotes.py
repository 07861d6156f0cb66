model = Sequential()
model.add(Dense(8, activation=“relu”, input_dim=4))
