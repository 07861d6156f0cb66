sizes = [64, 32]
rates = {"in": 0.1, "out": 0.5}
options = dict(activation="relu", kernel_initializer="he_uniform")

stack = [Input((7,)), Dropout(rates["in"])]
stack.append(Dense(sizes[0], **options))
stack += [Dense(sizes[-1], **options)]
stack.extend([Dropout(rates["out"]), Dense(1)])
model = Sequential(stack)
