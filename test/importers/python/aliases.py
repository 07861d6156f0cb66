import tensorflow.keras.layers as L
from tensorflow.keras.models import Sequential as Chain, Model as Graph
from tensorflow import keras as K
from tensorflow.keras.layers import (
    Dense as FullyConnected,
    LayerNormalization as Norm,
)

scorer = Chain([
    K.Input((6,)),
    FullyConnected(24),
    Norm(),
    L.ReLU(),
    FullyConnected(1),
])
