import os, sys
import matplotlib.pyplot as plt

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
model = Sequential([Input((2,)), Dense(1)])
assert len(sys.argv) > 1, "no file"
tfjs.converters.save_keras_model(model, "out")
class Callback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(epoch)
plt.plot([1, 2])
print "done"
