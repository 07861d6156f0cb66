from keras.models import Sequential
from keras.layers import Dense, Dropout, Flatten

model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(128, 'relu'))
model.add(Dropout(0.2))
model.add(Dense(10, 'softmax'))
