model = Sequential([Embedding(1000, 16, input_length=50), Bidirectional(LSTM(32)), Dense(1)])
