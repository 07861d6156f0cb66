size = 64
model = Sequential()
model.add(Input((size,)))
model.add(Dense(size))
size //= 2
model.add(Dense(size))
size = size // 2
model.add(Dense(size))
