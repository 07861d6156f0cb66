from keras.layers import *
from keras.models import *

net = Sequential()
net.add(InputLayer((3,)))
net.add(Dense(5, activation='tanh'))
net.add(Dense(2))
