model = Sequential()
model.add(Dense(8, input_shape=(4,)))
if use_dropout:
    model.add(Dropout(0.5))
model.add(Dense(1))
