from tensorflow.keras import layers, Sequential
from tensorflow.keras.layers import Dense, Input

model = Sequential([
    Input((4,)),
    layers.Dens(8),
    Dnese(8),
    Dense(8, kernel_init="zeros"),
    Dense(8, unitss=3),
    Dense(3, activation="sofmax"),
])
