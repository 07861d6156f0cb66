model = Sequential([Input((4,)), Reshape((3,)), Dense(1)])
