try:
    import tensorflow.keras as keras
except ImportError:
    import keras
try:
    model = keras.models.load_model("net.keras")
except OSError:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
