model = Sequential([Dense(8, activation="relu, input_dim=4)])
