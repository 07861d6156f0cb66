model = Sequential([Dense(8), Dense(1)])
