import keras
from keras import layers, optimizers
from keras.losses import SparseCategoricalCrossentropy
from keras.metrics import SparseTopKCategoricalAccuracy

RATE = 1e-2
STEPS = 10 * 100

model = keras.Sequential([keras.Input((4,)), layers.Dense(8, "relu"), layers.Dense(3)])
schedule = optimizers.schedules.ExponentialDecay(RATE, decay_steps=STEPS, decay_rate=0.9)
model.compile(
    optimizer=optimizers.SGD(learning_rate=schedule, momentum=0.9, nesterov=True),
    loss=SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy", SparseTopKCategoricalAccuracy(k=2, name="top2")],
    jit_compile=False,
)
