from keras import Sequential
from keras.layers import Dense, Input


def main():
    print("training")


if __name__ == "__main__":
    policy = Sequential([Input((8,)), Dense(4, "tanh")])
    main()
