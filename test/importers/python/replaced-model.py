model = Sequential([Dense(2, input_dim=2)])
model.compile()
model = Sequential([Dense(3, input_dim=2)])
model.fit(x, y)
