import math
import numpy as np

shape = [4, 4, 2]
model = keras.Sequential([
    layers.Flatten(input_shape=shape),
    layers.Dense(int(math.sqrt(256))),
    layers.Dense(np.prod(shape)),
    layers.Dense(len(shape)),
    layers.Dense(math.ceil(2.5)),
])
