sizes = [1, 2, 3, 4, 5]
stack = [Dense(sizes[1:][0]), Dense(sizes[::-1][1]), Dense(sizes[-2:][0]), Dense(sizes[:-3][-1]), Dense(6)]
model = Sequential([Input((9,)), *stack[3::-2], *stack[-9:1], *stack[2:1], *stack[4:9]])
