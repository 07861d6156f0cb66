model = Sequential()
if __name__ == '__main__':
	model.add(Dense(2, input_shape=(2,)))
	model.add(Dense(1))
