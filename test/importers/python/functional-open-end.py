inputs = Input(shape=(10,))
x = Dense(20, activation='elu')(inputs)
x = Dense(3)(x)
