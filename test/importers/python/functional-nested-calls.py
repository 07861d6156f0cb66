from keras import Input, Model
from keras.layers import Activation, Dense

i = Input((5,))
o = Activation("sigmoid")(Dense(1)(Activation("relu")(Dense(9)(i))))
Model(i, o)
