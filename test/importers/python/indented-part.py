        model.add(Dense(40, input_dim=12))
        model.add(Activation('relu'))
        model.add(Dense(6))
