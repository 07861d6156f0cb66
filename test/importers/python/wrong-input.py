model = Sequential([Input(4), Dense(8), Dense(1)])
