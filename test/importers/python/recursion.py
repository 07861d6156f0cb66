def block(model, depth):
    model.add(Dense(2))
    return block(model, depth - 1)

model = Sequential([Input((2,))])
block(model, 3)
