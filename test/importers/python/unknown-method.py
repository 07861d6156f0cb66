model = Sequential([Input((8,)), Dense(4)])
model.insert(0, Dense(3))
