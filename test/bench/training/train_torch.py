"""Trains a workload with PyTorch; answers the lines of `serve/serve.ts` as that does."""

import sys
import time
from array import array

import torch

LABEL_LISTS = 31


class Training:
    def __init__(self, folder):
        with open(f"{folder}/shape.txt") as file:
            numbers, *lines = file.read().strip().split("\n")
        inputs, _, batch, calls, pool, _ = map(int, numbers.split())
        weights = floats(f"{folder}/weights.bin")
        modules, width, at = [], inputs, 0
        for line in lines:
            units, activation, _ = line.split()
            linear = torch.nn.Linear(width, int(units))
            with torch.no_grad():
                size = width * linear.out_features
                linear.weight.copy_(weights[at : at + size].reshape(width, -1).T)
                linear.bias.copy_(weights[at + size : at + size + linear.out_features])
            at += size + linear.out_features
            width = linear.out_features
            modules.append(linear)
            # The loss has the softmax in it.
            if activation == "relu":
                modules.append(torch.nn.ReLU())
        self.calls, self.pool = calls, pool
        self.model = torch.nn.Sequential(*modules)
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, eps=1e-7)
        self.inputs = list(floats(f"{folder}/inputs.bin").reshape(calls, batch, inputs))
        self.labels = list(floats(f"{folder}/labels.bin").long().reshape(LABEL_LISTS, batch))
        self.steps = 0

    def call(self, at):
        loss = self.loss(self.model(self.inputs[at]), self.labels[self.steps % LABEL_LISTS])
        self.steps += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def floats(file):
    with open(file, "rb") as opened:
        return torch.frombuffer(bytearray(opened.read()), dtype=torch.float32)


def run_for(training, milliseconds):
    """The mean processor time of a call over about so many milliseconds, at least one."""
    calls = 0
    start, own = time.perf_counter(), time.thread_time_ns()
    while True:
        training.call(calls % training.pool)
        calls += 1
        if (time.perf_counter() - start) * 1000 >= milliseconds:
            return f"ns {(time.thread_time_ns() - own) / calls} {calls}"


def answer(line, state):
    command, *arguments = line.split()
    if command == "prepare":
        folder, name = arguments
        training = state["training"] = Training(folder)
        losses = array("f", [training.call(at) for at in range(training.calls)])
        with open(f"{folder}/outputs-{name}.bin", "wb") as file:
            losses.tofile(file)
        return f"ready {torch.__version__}"
    if command == "run":
        return run_for(state["training"], float(arguments[0]))
    return f"error unknown command {command}"


torch.set_num_threads(1)
state = {}
for line in sys.stdin:
    try:
        print(answer(line, state), flush=True)
    except Exception as error:
        print("error", str(error).replace("\n", " "), flush=True)
