from keras.layers.core import Dense, Dropout
from keras.layers.normalization import BatchNormalization
from keras.layers.advanced_activations import LeakyReLU, ThresholdedReLU

model = Sequential()
model.add(Dense(output_dim=16, input_dim=5, init='glorot_uniform'))
model.add(BatchNormalization())
model.add(LeakyReLU(0.01))
model.add(ThresholdedReLU(0.5))
model.add(Dropout(0.5))
model.add(Dense(1))
