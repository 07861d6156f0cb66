from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import SGD

RATE = 0.01
sgd = SGD(lr=RATE, decay=1e-6, momentum=0.9, nesterov=True)
model = Sequential([Input((4,)), Dense(3)])
model.compile(optimizer=sgd, loss="mse")
