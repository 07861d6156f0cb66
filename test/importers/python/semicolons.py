m = Sequential(); m.add(Input((2,))); m.add(Dense(2)); m.add(Softmax())
