if big:
    model = Sequential([Dense(1024, input_dim=4), Dense(1)])
else:
    model = Sequential([Dense(8, input_dim=4), Dense(1)])
