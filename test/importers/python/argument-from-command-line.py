import argparse
import keras

parser = argparse.ArgumentParser()
parser.add_argument("--hidden", type=int, default=16)
args = parser.parse_args()
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(args.hidden), keras.layers.Dense(3)])
