stack = [Input((4,))]
for units in (32, 16):
    stack.append(Dense(units))
model = Sequential(stack)
