h = Dense(8)
model = Sequential([Input((8,)), h, ReLU(), h])
