layers_left = 3
model.add(Dense(4, input_dim=2))
while layers_left:
    model.add(Dense(4)); layers_left -= 1
