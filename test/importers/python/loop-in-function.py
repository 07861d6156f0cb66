def build(depth):
    model = Sequential([Input((4,))])
    for _ in range(depth):
        model.add(Dense(8))
    return model

model = build(3)
