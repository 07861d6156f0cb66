model = Sequential()
model.add(Dense(n, input_dim=3))
for i in range(2):
    model.add(Dense(2))
model.add(Conv1D(3, 3))
model.add(Dense(m))
