model = Sequential([
    Dense(8, input_dim=4),
    Dense(1)
model.compile()
