import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 16)

    def forward(self, x):
        return self.hidden(x)


net = Net()
