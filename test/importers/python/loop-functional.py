inputs = Input((8,))
x = inputs
for units in [64, 32, 16]:
    x = Dense(units, activation='relu')(x)
model = Model(inputs, Dense(1)(x))
